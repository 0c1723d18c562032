// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPoolTokens} from "./IPoolTokens.sol";

/// @title IStakingRewards
/// @notice The part of Synthetix' `StakingRewards` that front ends, aggregators and subgraphs of this field bind to:
/// names, signatures and events unchanged.
/// @dev Of Synthetix' own `IStakingRewards` everything is here but `rewardsDistribution()`: a pool has any number of
/// funders (`IFlexiblePool.isFunder`). Of its contract these are missing as well, since nothing true could stand
/// behind them: `rewards(account)` and `userRewardPerTokenPaid(account)`, which a single signed debt replaces
/// (`earned` is exact); `setRewardsDuration` (immutable), `recoverERC20` (`IPool.rescue`), `setRewardsDistribution`
/// (`IFlexiblePool.setFunder`), `owner`, `nominateNewOwner` and `acceptOwnership` (an access manager governs), and
/// `setPaused` (`IPool.pause` and `unpause`), with the events of those.
interface IStakingRewards is IPoolTokens {
    /// @notice `reward` base units of the rewards token joined the stream; less than a second's worth of them may wait
    /// for the next notification.
    event RewardAdded(uint256 reward);

    /// @notice `amount` base units of the staking token were credited to `user`.
    event Staked(address indexed user, uint256 amount);

    /// @notice `amount` base units of the staking token were returned to `user`.
    event Withdrawn(address indexed user, uint256 amount);

    /// @notice `reward` base units of the rewards token earned by `user` were paid.
    event RewardPaid(address indexed user, uint256 reward);

    /* STAKERS */

    /// @notice Stakes `amount` base units of the caller's staking tokens; credits what arrives.
    function stake(uint256 amount) external;

    /// @notice Returns `amount` base units of the caller's stake, at any time and without penalty.
    function withdraw(uint256 amount) external;

    /// @notice Pays the caller everything that they have earned.
    function getReward() external;

    /// @notice Returns the caller's whole stake and pays everything that they have earned.
    function exit() external;

    /* FUNDERS */

    /// @notice Streams `reward` base units that have arrived and are accounted to nobody; never lowers a running rate
    /// nor brings its end forward.
    function notifyRewardAmount(uint256 reward) external;

    /* VIEWS */

    /// @notice Base units staked by everybody.
    function totalSupply() external view returns (uint256);

    /// @notice Base units staked by `account`.
    function balanceOf(address account) external view returns (uint256);

    /// @notice Base units of the rewards token that `account` could claim now, rounded down.
    function earned(address account) external view returns (uint256);

    /// @notice Reward accumulated by one staked unit since the pool's beginning, times 1e18, rounded down.
    function rewardPerToken() external view returns (uint256);

    /// @notice Base units streamed a second in the current or last period, rounded down.
    function rewardRate() external view returns (uint256);

    /// @notice Length of a reward period, in seconds.
    function rewardsDuration() external view returns (uint256);

    /// @notice Unix time at which the current or last period ends, in seconds.
    function periodFinish() external view returns (uint256);

    /// @notice Unix time up to which rewards are accumulated in storage, in seconds.
    function lastUpdateTime() external view returns (uint256);

    /// @notice The earlier of the block's time and `periodFinish`, in seconds.
    function lastTimeRewardApplicable() external view returns (uint256);

    /// @notice Base units that the current or last stream pays in `rewardsDuration`; a stream that runs on pays more
    /// in all.
    function getRewardForDuration() external view returns (uint256);
}
