// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolKind} from "../types/PoolKind.sol";
import {IPoolTokens} from "./IPoolTokens.sol";

/// @title IPool
/// @notice What flexible and fixed-term pools have in common.
interface IPool is IPoolTokens {
    /// @notice Deposits, openings and renewals were paused by `guardian`; exits and claims never are.
    event Paused(address indexed guardian);

    /// @notice Deposits, openings and renewals were unpaused by `governance`.
    event Unpaused(address indexed governance);

    /// @notice `amount` base units of `token` that were owed to nobody were sent to `to`.
    event Rescued(address indexed token, address indexed to, uint256 amount);

    /// @notice The amount is zero.
    error PoolZeroAmount();

    /// @notice Deposits, openings and renewals are paused.
    error PoolPaused();

    /// @notice `received` base units are fewer than the `minimum`.
    error PoolBelowMinimum(uint256 received, uint256 minimum);

    /// @notice `amount` base units do not fit into what is left below the cap.
    error PoolCapExceeded(uint256 amount, uint256 capLeft);

    /// @notice A receiver that could never use what it is sent: the zero address or the pool itself.
    error PoolInvalidReceiver(address receiver);

    /// @notice A duration, in seconds, outside [`minimum`, `maximum`].
    error PoolDurationOutOfRange(uint256 duration, uint256 minimum, uint256 maximum);

    /// @notice A minimum and a cap that do not satisfy 1 ≤ minimum ≤ cap ≤ `limit`.
    error PoolLimitsOutOfRange(uint256 minimum, uint256 cap, uint256 limit);

    /// @notice A rescue of more than the `surplus` that is above all liabilities.
    error PoolRescueExceedsSurplus(address token, uint256 amount, uint256 surplus);

    /// @notice The token is another address of one of the pool's own.
    error PoolRescueMovesOwnToken(address token);

    /// @notice Pauses deposits, openings and renewals, at once; for the guardian.
    function pause() external;

    /// @notice Resumes deposits, openings and renewals; for governance, after its delay.
    function unpause() external;

    /// @notice Sends `amount` base units of `token` above all liabilities to `to`; for governance, after its delay.
    /// @dev Errors, in this order: `PoolInvalidReceiver`, `PoolRescueExceedsSurplus`, `PoolRescueMovesOwnToken`.
    function rescue(address token, address to, uint256 amount) external;

    /// @notice What kind of pool this is, as the pool itself says.
    function kind() external view returns (PoolKind);

    /// @notice Whether deposits, openings and renewals are paused.
    function paused() external view returns (bool);

    /// @notice Base units of `token` that the pool owes to anybody or keeps for a purpose; 0 for a token that is
    /// not its own.
    function liabilities(address token) external view returns (uint256);
}
