// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";
import {FixedTermPoolState} from "./FixedTermPoolState.sol";

/// @title FixedTermBudget
/// @notice The reward tokens of a fixed-term pool: funding, what is owed, and governance's withdrawals.
abstract contract FixedTermBudget is FixedTermPoolState {
    using SafeERC20 for IERC20;
    using TokenTransfer for IERC20;

    /* STAKERS */

    /// @inheritdoc IFixedTermPool
    function claimOwed(address receiver) external nonReentrant returns (uint256 amount) {
        _requireReceiver(receiver);
        amount = owed[msg.sender];
        require(amount != 0, PoolNothingOwed(msg.sender));

        delete owed[msg.sender];
        totalOwed -= amount;
        emit OwedClaimed(msg.sender, receiver, amount);

        REWARDS_TOKEN.push(receiver, amount);
    }

    /* FUNDERS */

    /// @inheritdoc IFixedTermPool
    function fund(uint256 amount) external nonReentrant returns (uint256 received) {
        require(amount != 0, PoolZeroAmount());
        received = REWARDS_TOKEN.pull(msg.sender, amount);
        require(_addToBudget(received), PoolAmountOutOfRange(received, _budgetRoom()));
        emit Funded(msg.sender, received);
    }

    /* GOVERNANCE */

    /// @inheritdoc IFixedTermPool
    function withdrawBudget(address to, uint256 amount) external restricted nonReentrant returns (uint256 withdrawn) {
        _requireReceiver(to);
        uint256 budget = _totals.budget;
        withdrawn = Math.min(amount, budget);
        require(withdrawn != 0, PoolZeroAmount());

        _totals.budget = uint112(budget - withdrawn); // at most the budget
        emit BudgetWithdrawn(to, withdrawn);

        REWARDS_TOKEN.push(to, withdrawn);
        // Last, since only then it is known what the token took.
        _requireCovered(REWARDS_TOKEN);
    }

    /* INTERNAL */

    /// @dev Adds to the budget; returns whether it could.
    function _addToBudget(uint256 amount) internal returns (bool) {
        if (amount > _budgetRoom()) return false;
        _totals.budget += uint112(amount); // checked on the line above
        return true;
    }

    /// @dev Pays `reward` to `receiver`; what its token refuses is owed to `owner`.
    function _payReward(address owner, address receiver, uint256 reward) internal {
        if (reward == 0 || REWARDS_TOKEN.trySafeTransfer(receiver, reward)) return;
        _owe(owner, reward);
    }

    function _owe(address owner, uint256 reward) internal {
        owed[owner] += reward;
        totalOwed += reward;
        emit RewardDeferred(owner, reward);
    }

    function _budgetRoom() private view returns (uint256) {
        return Math.saturatingSub(BUDGET_LIMIT, _totals.budget);
    }
}
