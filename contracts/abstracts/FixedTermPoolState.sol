// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {IPool} from "../interfaces/IPool.sol";
import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";
import {Pool} from "./Pool.sol";

/// @title FixedTermPoolState
/// @notice What a fixed-term pool counts: the base that its parts share.
/// @dev Open principal and reserved rewards are counted by term only; the pool's totals are sums over its terms, of
/// which there are at most `MAX_TERMS`. So an exit at maturity writes no total at all, and any other operation one
/// slot.
abstract contract FixedTermPoolState is Pool, IFixedTermPool {
    using TokenTransfer for IERC20;

    /// @dev One slot, which every opening and early exit writes.
    /// @param budget Unreserved base units of the rewards token.
    /// @param penalties Base units of the staking token that exits booked and nobody divided yet.
    /// @param lastPositionId The highest id.
    /// @param paused Whether openings and renewals are paused.
    struct Totals {
        uint112 budget;
        uint88 penalties;
        uint48 lastPositionId;
        bool paused;
    }

    /// @dev Three slots: what every operation writes and leaving reads; what opening reads besides; what only views
    /// read. Counting what is left below the caps, and not what is taken, keeps the caps themselves out of operations.
    struct StoredTerm {
        uint96 principalLeft;
        uint96 rewardLeft;
        uint32 duration;
        uint16 startBps;
        uint16 endBps;
        //
        uint64 rate;
        uint96 minimum;
        uint16 forfeitedBps;
        bool paused;
        bool closed;
        //
        uint96 principalCap;
        uint96 rewardCap;
    }

    /// @dev Most terms that a pool can have; a position keeps its term's id in 8 bits.
    uint256 internal constant MAX_TERMS = 256;

    /// @dev Most base units that the budget can be raised to. All reserved rewards are below `MAX_TERMS` × 2^96 =
    /// 2^104, so that what a position gives up always fits into the budget: budget and reserved together stay below
    /// 2^112.
    uint256 internal constant BUDGET_LIMIT = type(uint112).max - MAX_TERMS * 2 ** 96;

    bool internal immutable SAME_TOKEN;

    Totals internal _totals;
    mapping(uint256 termId => StoredTerm) internal _terms;
    uint16 internal _termCount;

    /// @dev Penalties already divided that could not leave yet.
    EarlyWithdrawalPenalty.Shares internal _waiting;

    /// @inheritdoc IFixedTermPool
    mapping(address account => uint256) public owed;

    /// @inheritdoc IFixedTermPool
    uint256 public totalOwed;

    constructor(Config memory config) Pool(config.authority, config.stakingToken, config.rewardsToken) {
        SAME_TOKEN = config.stakingToken == config.rewardsToken;
    }

    /* VIEWS */

    /// @inheritdoc IPool
    function paused() public view returns (bool) {
        return _totals.paused;
    }

    /// @inheritdoc IFixedTermPool
    function positionCount() external view returns (uint256) {
        return _totals.lastPositionId;
    }

    /// @inheritdoc IFixedTermPool
    function availableBudget() public view returns (uint256) {
        return _totals.budget;
    }

    /// @inheritdoc IFixedTermPool
    function totalPrincipal() external view returns (uint256 principal) {
        (principal, ) = _termTotals();
    }

    /// @inheritdoc IFixedTermPool
    function reservedRewards() external view returns (uint256 reward) {
        (, reward) = _termTotals();
    }

    /// @inheritdoc IPool
    function liabilities(address token) public view override(IPool, Pool) returns (uint256 total) {
        total = _seniorLiabilities(token);
        if (token == address(REWARDS_TOKEN)) total += _totals.budget;
    }

    /* INTERNAL */

    function _setPaused(bool paused_) internal override {
        _totals.paused = paused_;
    }

    /// @dev Base units of staking token that penalties keep in the pool.
    function _heldPenalties() internal view returns (uint256) {
        EarlyWithdrawalPenalty.Shares memory waiting = _waiting;
        unchecked {
            // Five counts below 2^128.
            return uint256(_totals.penalties) + waiting.rewards + waiting.insurance + waiting.treasury + waiting.burned;
        }
    }

    /// @dev Requires that the balance covers everything but the budget.
    function _requireCovered(IERC20 token) internal view {
        uint256 needed = _seniorLiabilities(address(token));
        uint256 balance = token.holding(address(this));
        require(balance >= needed, PoolLiabilitiesUncovered(balance, needed));
    }

    /// @dev Base units of `token` that the pool owes or keeps for a purpose, without the budget.
    function _seniorLiabilities(address token) private view returns (uint256 total) {
        (uint256 principal, uint256 reward) = _termTotals();
        if (token == address(STAKING_TOKEN)) total = principal + _heldPenalties();
        if (token == address(REWARDS_TOKEN)) total += reward + totalOwed;
    }

    /// @dev Open principal and reserved rewards of all terms.
    function _termTotals() private view returns (uint256 principal, uint256 reward) {
        uint256 count = _termCount;
        for (uint256 termId = 0; termId < count; ++termId) {
            StoredTerm storage stored = _terms[termId];
            unchecked {
                principal += stored.principalCap - stored.principalLeft; // what is left is at most the cap
                reward += stored.rewardCap - stored.rewardLeft; // and the sums are below 2^104
            }
        }
    }
}
