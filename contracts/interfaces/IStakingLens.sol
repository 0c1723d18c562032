// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {IFixedTermPool} from "./IFixedTermPool.sol";
import {IPoolFactory} from "./IPoolFactory.sol";

/// @title IStakingLens
/// @notice Reads pages of pools and positions in one call, for front ends; stateless.
/// @dev Calls to tokens are bounded in gas and return size; what a token does not say reads as empty or 0. Pools
/// are asked
/// in calls of their own: one that fails is marked and spoils nothing else. A page may hold as many entries as the
/// caller's gas allows; 50 pools or 200 positions fit into 30 million gas.
interface IStakingLens {
    /// @notice What a token says of itself.
    /// @param token Its address.
    /// @param symbol At most 32 printable ASCII characters.
    /// @param decimals Digits after the point.
    struct TokenView {
        address token;
        string symbol;
        uint8 decimals;
    }

    /// @notice What only a flexible pool has; amounts in base units, times in seconds.
    struct FlexibleView {
        uint256 totalStaked;
        uint256 cap;
        uint256 minimumStake;
        uint256 periodReward;
        uint256 rewardsDuration;
        uint256 periodFinish;
        uint256 rewardsOwed;
    }

    /// @notice What only a fixed-term pool has; amounts in base units. Terms are ordered by id, at most `MAX_TERMS`.
    struct FixedTermView {
        uint256 totalPrincipal;
        uint256 availableBudget;
        uint256 reservedRewards;
        uint256 conversion;
        uint256 positionCount;
        uint256 termCount;
        IFixedTermPool.TermState[] terms;
        EarlyWithdrawalPenalty.Split split;
        address rewardsPool;
        address insurance;
        address treasury;
    }

    /// @notice A pool; `flexible` or `fixedTerm` is filled according to its kind.
    /// @param info What the factory knows of it.
    /// @param failed Whether the pool could not be read; then all below is empty.
    struct PoolView {
        IPoolFactory.PoolInfo info;
        bool failed;
        bool paused;
        TokenView stakingToken;
        TokenView rewardsToken;
        FlexibleView flexible;
        FixedTermView fixedTerm;
    }

    /// @notice A position and what leaving with all of it would pay now.
    /// @param positionId Its id.
    /// @param exists Whether it is open; if not, all below is empty.
    /// @param state The position.
    /// @param principalOut Base units of principal paid now.
    /// @param rewardOut Base units of reward paid now.
    /// @param principalPenalty Base units of principal taken now.
    /// @param forfeitedReward Base units of accrued reward not paid now.
    struct PositionView {
        uint256 positionId;
        bool exists;
        IFixedTermPool.PositionState state;
        uint256 principalOut;
        uint256 rewardOut;
        uint256 principalPenalty;
        uint256 forfeitedReward;
    }

    /// @notice An account in a flexible pool; all amounts in base units.
    struct StakeView {
        address pool;
        bool failed;
        uint256 staked;
        uint256 earned;
        uint256 walletBalance;
        uint256 walletAllowance;
    }

    /// @notice Up to `limit` pools of `factory` in order of creation, from the `offset`th on.
    function pools(IPoolFactory factory, uint256 offset, uint256 limit) external view returns (PoolView[] memory);

    /// @notice One pool of `factory`.
    function pool(IPoolFactory factory, address pool_) external view returns (PoolView memory);

    /// @notice The positions with the given ids.
    function positions(IFixedTermPool pool_, uint256[] calldata ids) external view returns (PositionView[] memory);

    /// @notice Open positions with ids from `cursor` on, of `owner` or, for the zero address, of everybody; looks at
    /// `limit` ids at most.
    /// @return page The positions found.
    /// @return next Cursor of the next page, or 0 after the last id.
    function positionsInRange(
        IFixedTermPool pool_,
        uint256 cursor,
        uint256 limit,
        address owner
    ) external view returns (PositionView[] memory page, uint256 next);

    /// @notice What `account` has in flexible pools, and could stake in them.
    function stakes(address[] calldata pools_, address account) external view returns (StakeView[] memory);
}
