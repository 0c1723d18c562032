// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IPoolTokens
/// @notice The tokens of a pool; they never change.
interface IPoolTokens {
    /// @notice Token that is staked.
    function stakingToken() external view returns (address);

    /// @notice Token that rewards are paid in; may be the staking token.
    function rewardsToken() external view returns (address);
}
