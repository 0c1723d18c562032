// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {IPool} from "../interfaces/IPool.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";
import {Pool} from "./Pool.sol";

/// @title FixedTermBudget
/// @notice The reward tokens of a fixed-term pool: budget, what is reserved of it, and what is owed.
/// @dev The pause shares the slot that every opening writes.
abstract contract FixedTermBudget is Pool, IFixedTermPool {
    using SafeERC20 for IERC20;
    using TokenTransfer for IERC20;

    /// @dev One slot: base units of the rewards token, unreserved and reserved, together below 2^120; and the pool's
    /// pause.
    struct Reserve {
        uint120 budget;
        uint120 reserved;
        bool paused;
    }

    Reserve private _reserve;

    /// @inheritdoc IFixedTermPool
    mapping(address account => uint256) public owed;

    /// @inheritdoc IFixedTermPool
    uint256 public totalOwed;

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
        require(_addToBudget(received), PoolAmountOutOfRange(received, type(uint120).max));
        emit Funded(msg.sender, received);
    }

    /* GOVERNANCE */

    /// @inheritdoc IFixedTermPool
    function withdrawBudget(address to, uint256 amount) external restricted nonReentrant {
        _requireReceiver(to);
        _reserve.budget = uint120(_budgetAfter(amount)); // only falls
        emit BudgetWithdrawn(to, amount);

        REWARDS_TOKEN.push(to, amount);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function availableBudget() public view returns (uint256) {
        return _reserve.budget;
    }

    /// @inheritdoc IFixedTermPool
    function reservedRewards() public view returns (uint256) {
        return _reserve.reserved;
    }

    /// @inheritdoc IPool
    function paused() public view returns (bool) {
        return _reserve.paused;
    }

    /* INTERNAL */

    /// @dev Adds to the budget; returns whether it could.
    function _addToBudget(uint256 amount) internal returns (bool) {
        if (amount > type(uint120).max - _reserve.budget - _reserve.reserved) return false;
        _reserve.budget += uint120(amount); // checked on the line above
        return true;
    }

    /// @dev Moves `reward` from budget to reserved.
    function _reserveReward(uint256 reward) internal {
        _reserve.budget = uint120(_budgetAfter(reward)); // only falls
        unchecked {
            _reserve.reserved += uint120(reward); // ≤ the budget; both counts together stay the same
        }
    }

    /// @dev Takes `reward` out of reserved; what is not `paid` returns to the budget.
    function _releaseReward(uint256 reward, uint256 paid) internal {
        unchecked {
            _reserve.reserved -= uint120(reward); // reserved at opening
            _reserve.budget += uint120(reward - paid); // paid ≤ reward; both counts together never grow here
        }
    }

    /// @dev Pays `reward` to `receiver`; what its token refuses is owed to `owner`.
    function _payReward(address owner, address receiver, uint256 reward) internal {
        if (reward == 0 || REWARDS_TOKEN.trySafeTransfer(receiver, reward)) return;
        owed[owner] += reward;
        totalOwed += reward;
        emit RewardDeferred(owner, reward);
    }

    function _setPaused(bool paused_) internal override {
        _reserve.paused = paused_;
    }

    function _budgetAfter(uint256 taken) private view returns (uint256) {
        uint256 budget = _reserve.budget;
        if (taken > budget) revert PoolBudgetTooSmall(taken, budget, taken - budget);
        unchecked {
            return budget - taken; // checked on the line above
        }
    }
}
