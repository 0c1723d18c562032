// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFlexiblePool} from "../../../contracts/interfaces/IFlexiblePool.sol";
import {Artifact} from "../helpers/Artifact.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {FlexibleHandler} from "../helpers/FlexibleHandler.sol";

/// @notice The invariants of flexible pools (docs/INVARIANTS.md, INV-F), for two tokens and for one.
abstract contract FlexiblePoolInvariants is Campaign {
    FlexibleHandler internal handler;
    IFlexiblePool internal pool;

    function _setUp(bool sameToken) internal {
        handler = FlexibleHandler(
            Artifact.deploy("test/solidity/helpers/FlexibleHandler.sol:FlexibleHandler", abi.encode(sameToken))
        );
        pool = handler.POOL();
        runs(handler);
    }

    /// @dev INV-F1 to INV-F4, after every call. One campaign asserts all of them, so that it can be long.
    function invariant_FlexiblePool() external view {
        // INV-F1: balances cover liabilities.
        assert(handler.STAKING().balanceOf(address(pool)) >= pool.liabilities(address(handler.STAKING())));
        assert(handler.REWARDS().balanceOf(address(pool)) >= pool.liabilities(address(handler.REWARDS())));
        // INV-F2: what was funded is paid or owed.
        assert(handler.funded() == handler.paid() + pool.rewardsOwed());
        // INV-F3: stakes add up to the total.
        assert(handler.sumOfStakes() == pool.totalSupply());
        // INV-F4: what is earned is owed.
        assert(handler.sumOfEarned() <= pool.rewardsOwed());
    }

    /// @dev INV-F5 (earned) and INV-F6 (rates) are asserted by the handler at every operation, INV-F7 (everybody leaves)
    /// here at the end of every run; and the run must have met every interesting case.
    function afterInvariant() external {
        handler.requireCase("clock stopped", 1);
        handler.requireCase("clock restarted", 1);
        handler.requireCase("staked for another", 5);
        handler.requireCase("withdrew in part", 5);
        handler.requireCase("claimed", 1);
        handler.requireCase("exited", 3);
        handler.requireCase("payment refused", 3);
        handler.requireCase("theft refused", 10);
        handler.requireCase("rate raised", 3);
        handler.requireCase("notified while empty", 1);
        handler.requireCase("stream prolonged", 3);
        handler.requireCase("carried", 1);
        handler.requireCase("left while blocked", 5);
        handler.requireCase("unfunded notification refused", 10);
        handler.requireCase("donated", 10);
        handler.requireCase("left while paused", 1);
        handler.requireCase("rescued a surplus", 5);
        handler.everybodyLeaves();
    }
}

contract FlexiblePoolTwoTokensInvariants is FlexiblePoolInvariants {
    function setUp() external {
        _setUp(false);
    }
}

contract FlexiblePoolOneTokenInvariants is FlexiblePoolInvariants {
    function setUp() external {
        _setUp(true);
    }
}
