// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IInsuranceFund} from "../../../contracts/interfaces/IInsuranceFund.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "../helpers/Artifact.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {InsuranceHandler} from "../helpers/InsuranceHandler.sol";

/// @notice The invariants of the insurance fund (docs/INVARIANTS.md, INV-I), for rounds of two tokens.
contract InsuranceFundInvariants is Campaign {
    InsuranceHandler internal handler;
    IInsuranceFund internal fund;

    function setUp() external {
        handler = InsuranceHandler(Artifact.deploy("test/solidity/helpers/InsuranceHandler.sol:InsuranceHandler", ""));
        fund = handler.FUND();
        runs(handler);
    }

    /// @dev INV-I1 to INV-I3, after every call.
    function invariant_InsuranceFund() external view {
        _check(handler.STAKING());
        _check(handler.REWARDS());
    }

    function _check(PlainToken token) private view {
        uint256 balance = token.balanceOf(address(fund));
        uint256 reserved = fund.reserved(address(token));
        // INV-I1: what open rounds have left is reserved, to the unit.
        assert(reserved == handler.left(token));
        // INV-I2: what is reserved is there, and the rest is available.
        assert(balance >= reserved && fund.available(address(token)) == balance - reserved);
        // INV-I3: what came in was paid to claimants, or is there.
        assert(handler.received(token) == handler.paid(token) + balance);
    }

    /// @dev INV-I4 (once, in time, to the account) and INV-I5 (nobody else gets anything) are asserted by the handler at every
    /// operation, INV-I6 (everybody claims) here at the end of every run.
    function afterInvariant() external {
        handler.requireCase("published", 10);
        handler.requireCase("uncovered round refused", 10);
        handler.requireCase("hasty round refused", 10);
        handler.requireCase("cancelled", 1);
        handler.requireCase("cancellation refused", 2);
        handler.requireCase("claimed", 10);
        handler.requireCase("claimed twice", 2);
        handler.requireCase("claim out of time", 5);
        handler.requireCase("round exhausted", 1);
        handler.requireCase("payment refused", 10);
        handler.requireCase("closed", 3);
        handler.requireCase("theft refused", 10);
        handler.everybodyClaims();
    }
}
