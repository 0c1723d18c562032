// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPool} from "./IPool.sol";
import {IStakingRewards} from "./IStakingRewards.sol";

/// @title IFlexiblePool
/// @notice A pool that can be left at any time; a reward stream is shared pro rata to stake and time.
interface IFlexiblePool is IStakingRewards, IPool {
    /// @notice What a pool is made of; nothing of it can change later but the authority, by its own decision.
    /// @param authority OpenZeppelin AccessManager that governs the pool; the zero address leaves it ungoverned.
    /// @param distributor First funder, normally the reward distributor; the zero address names none.
    /// @param stakingToken Token that is staked.
    /// @param rewardsToken Token that is streamed; may be the staking token.
    /// @param rewardsDuration Length of a reward period in seconds: one hour to four years. At least the epoch of the
    /// schedules that pay the pool: a shorter one streams an epoch's budget in less than an epoch.
    /// @param minimumStake Fewest base units credited by one deposit, at least 1.
    /// @param cap Most base units staked by everybody, at most 2^96 − 1, which stands for no cap.
    struct Config {
        address authority;
        address distributor;
        address stakingToken;
        address rewardsToken;
        uint256 rewardsDuration;
        uint256 minimumStake;
        uint256 cap;
    }

    /// @notice `funder` may (`allowed`) or may no longer notify rewards.
    event FunderSet(address indexed funder, bool allowed);

    /// @notice The transfer of `reward` base units to `user` failed while they left; it stays earned and can be
    /// claimed.
    event RewardDeferred(address indexed user, uint256 reward);

    /// @notice The caller may not notify rewards.
    error PoolNotFunder(address caller);

    /// @notice `amount` base units are more than the account's `stake`.
    error PoolInsufficientStake(address account, uint256 amount, uint256 stake);

    /// @notice Only `unaccounted` base units have arrived that are accounted to nobody.
    error PoolRewardNotReceived(uint256 reward, uint256 unaccounted);

    /// @notice `reward` base units, with what is streaming, could leave the range; at most `maximum` can be
    /// notified now.
    error PoolRewardOutOfRange(uint256 reward, uint256 maximum);

    /* STAKERS */

    /// @notice Stakes `amount` base units of the caller's tokens to the credit of `account`, who alone can withdraw
    /// them.
    /// @dev Rounds the account's debt up by less than 2^-24 reward units, as a deposit of its own does: what `earned`
    /// shows can be one unit less.
    function stakeFor(address account, uint256 amount) external;

    /// @notice Stakes with an ERC-2612 permit signed by the caller; works on an allowance too if the permit was
    /// used already.
    function stakeWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Returns `amount` base units of the caller's stake to `receiver`, at any time and without penalty: an
    /// account that the token has blocked still gets its principal out.
    /// @dev Errors, in this order: `PoolInvalidReceiver`, `PoolZeroAmount`, `PoolInsufficientStake`, the token's own.
    function withdrawTo(uint256 amount, address receiver) external;

    /// @notice Returns the caller's whole stake and pays everything that they have earned, both to `receiver`.
    /// @dev A reward that its token refuses to transfer stays earned by the caller. Errors, in this order:
    /// `PoolInvalidReceiver`, `PoolZeroAmount`, the staking token's own.
    function exitTo(address receiver) external;

    /// @notice Pays `account` everything that it has earned; anyone may call.
    function getRewardFor(address account) external;

    /// @notice Pays everything that the caller has earned to `receiver`.
    function getRewardTo(address receiver) external;

    /* GOVERNANCE */

    /// @notice Lets `funder` notify rewards, or no longer; for governance, after its delay.
    function setFunder(address funder, bool allowed) external;

    /* VIEWS */

    /// @notice Whether `account` may notify rewards.
    function isFunder(address account) external view returns (bool);

    /// @notice Base units of the rewards token that were notified and not paid yet, streamed or not.
    function rewardsOwed() external view returns (uint256);

    /// @notice Base units of the rewards token left over by notifications that prolonged the stream, less than it pays
    /// in a second, rounded up; they join the next notification and count among `rewardsOwed`.
    function carry() external view returns (uint256);

    /// @notice Fewest base units credited by one deposit.
    function minimumStake() external view returns (uint256);

    /// @notice Most base units staked by everybody.
    function cap() external view returns (uint256);
}
