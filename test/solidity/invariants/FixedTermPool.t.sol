// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../../../contracts/interfaces/IFixedTermPool.sol";
import {EarlyWithdrawalPenalty} from "../../../contracts/libraries/EarlyWithdrawalPenalty.sol";
import {Artifact} from "../helpers/Artifact.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {FixedTermHandler} from "../helpers/FixedTermHandler.sol";

/// @notice The invariants of fixed-term pools (docs/INVARIANTS.md, INV-T), for two tokens and for one.
abstract contract FixedTermPoolInvariants is Campaign {
    FixedTermHandler internal handler;
    IFixedTermPool internal pool;

    function _setUp(bool sameToken) internal {
        handler = FixedTermHandler(
            Artifact.deploy("test/solidity/helpers/FixedTermHandler.sol:FixedTermHandler", abi.encode(sameToken))
        );
        pool = handler.POOL();
        runs(handler);
        handler.connect();
    }

    /// @dev INV-T1 to INV-T4, after every call. One campaign asserts all of them, so that it can be long.
    function invariant_FixedTermPool() external view {
        _balancesCoverLiabilities();
        _rewardsReconcile();
        _principalReconciles();
        _promisesAreReserved();
    }

    /// @dev INV-T1
    function _balancesCoverLiabilities() private view {
        assert(handler.STAKING().balanceOf(address(pool)) >= pool.liabilities(address(handler.STAKING())));
        assert(handler.REWARDS().balanceOf(address(pool)) >= pool.liabilities(address(handler.REWARDS())));
    }

    /// @dev INV-T2
    function _rewardsReconcile() private view {
        uint256 accounted = pool.availableBudget() + pool.reservedRewards() + pool.totalOwed();
        uint256 incoming = handler.funded() + handler.penaltiesToBudget();
        assert(incoming == handler.rewardsPaid() + handler.budgetWithdrawn() + accounted);
    }

    /// @dev INV-T3
    function _principalReconciles() private view {
        EarlyWithdrawalPenalty.Shares memory waiting = pool.unsweptPenalties();
        uint256 unswept = uint256(waiting.rewards) + waiting.insurance + waiting.treasury + waiting.burned;
        assert(
            handler.principalIn() + handler.compounded() ==
                handler.principalOut() + handler.penalties() + pool.totalPrincipal()
        );
        assert(handler.penalties() == handler.penaltiesLeft() + handler.penaltiesToBudget() + unswept);
    }

    /// @dev INV-T4
    function _promisesAreReserved() private view {
        assert(pool.totalPrincipal() == handler.openPrincipal());
        assert(pool.reservedRewards() == handler.openReward());
    }

    /// @dev INV-T5 (promises kept), INV-T6 (previews exact) and INV-T7 (remainders) are asserted by the handler at every
    /// operation, INV-T8 (everybody leaves) here at the end of every run; and the run must have met every case.
    function afterInvariant() external {
        handler.requireCase("opened", 10);
        handler.requireCase("unfunded promise refused", 10);
        handler.requireCase("withdrawn at maturity", 3);
        handler.requireCase("penalised", 2);
        handler.requireCase("left in part", 2);
        handler.requireCase("renewed", 3);
        handler.requireCase("auto-renew set", 3);
        handler.requireCase("renewed by order", 1);
        handler.requireCase("carried on", 1);
        handler.requireCase("auto-renew lapsed", 1);
        handler.requireCase("renewed at the cap", 1);
        handler.requireCase("counter spilled", 3);
        handler.requireCase("recipient paid at a change", 1);
        handler.requireCase("transferred", 3);
        handler.requireCase("theft refused", 3);
        handler.requireCase("payment refused", 2);
        handler.requireCase("left while paused", 2);
        handler.requireCase("term closed", 5);
        handler.requireCase("swept", 2);
        handler.requireCase("share refused", 1);
        handler.requireCase("budget withdrawn", 10);
        handler.requireCase("donated", 10);
        handler.requireCase("rescued a surplus", 5);
        handler.everybodyLeaves();
    }
}

contract FixedTermPoolTwoTokensInvariants is FixedTermPoolInvariants {
    function setUp() external {
        _setUp(false);
    }
}

contract FixedTermPoolOneTokenInvariants is FixedTermPoolInvariants {
    function setUp() external {
        _setUp(true);
    }
}
