// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "../helpers/Artifact.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {ProtocolHandler} from "../helpers/ProtocolHandler.sol";

/// @notice The invariants of the whole (docs/INVARIANTS.md, INV-W): distributor, pools of both kinds and insurance fund.
contract ProtocolInvariants is Campaign {
    ProtocolHandler internal handler;

    function setUp() external {
        handler = ProtocolHandler(Artifact.deploy("test/solidity/helpers/ProtocolHandler.sol:ProtocolHandler", ""));
        handler.connect();
        runs(handler);
    }

    /// @dev INV-W1 and INV-W2, after every call.
    function invariant_Protocol() external view {
        _reconciles(handler.STAKING(), handler.donated());
        _reconciles(handler.REWARDS(), 0);
        // INV-W2: each contract holds what it accounts for, to the unit, and the fund what it has reserved.
        assert(handler.isCovered(handler.STAKING()) && handler.isCovered(handler.REWARDS()));
        address token = address(handler.STAKING());
        assert(handler.STAKING().balanceOf(address(handler.FUND())) >= handler.FUND().reserved(token));
    }

    /// @dev INV-W1: what was put in was paid, forfeited to its recipients, withdrawn or is accounted for, to the unit.
    function _reconciles(PlainToken token, uint256 donated) private view {
        uint256 out = handler.paid(token) + handler.forfeited(token) + handler.withdrawn(token);
        assert(handler.put(token) == out + handler.accounted(token) + donated);
    }

    /// @dev INV-W3 (payments on the way between contracts arrive or wait) is asserted by the handler at every operation, INV-W4
    /// (everybody leaves, whatever happened) here at the end of every run.
    function afterInvariant() external {
        handler.requireCase("schedule funded", 5);
        handler.requireCase("distributed", 3);
        handler.requireCase("fees swept", 2);
        handler.requireCase("weights changed", 10);
        handler.requireCase("schedule replaced", 1);
        handler.requireCase("claimed", 3);
        handler.requireCase("opened", 10);
        handler.requireCase("withdrawn at maturity", 2);
        handler.requireCase("penalised", 5);
        handler.requireCase("renewed", 2);
        handler.requireCase("penalties swept", 3);
        handler.requireCase("budget withdrawn", 5);
        handler.requireCase("compensated", 1);
        handler.requireCase("left while paused", 3);
        handler.requireCase("donated", 5);
        handler.requireCase("theft refused", 10);
        handler.everybodyLeaves();
    }
}
