// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One slot of a flexible pool, read once and written once by an operation:
/// 96 bits of total staked, 32 bits of last update, 128 low bits of the accumulator.
type Checkpoint is uint256;

using CheckpointLib for Checkpoint global;

/// @title CheckpointLib
/// @notice Packs and reads a `Checkpoint`.
library CheckpointLib {
    /// @notice Packs a checkpoint; of `accumulator` it keeps the low 128 bits.
    /// @param staked Base units staked by everybody, below 2^96.
    /// @param updated Unix time of the last update, in seconds, below 2^32.
    function pack(uint256 staked, uint256 updated, uint256 accumulator) internal pure returns (Checkpoint) {
        return Checkpoint.wrap((staked << 160) | (updated << 128) | uint128(accumulator));
    }

    /// @notice Base units staked by everybody.
    function totalStaked(Checkpoint self) internal pure returns (uint256) {
        return Checkpoint.unwrap(self) >> 160;
    }

    /// @notice Unix time up to which rewards are in the accumulator, in seconds; it stands still while nobody is
    /// staked.
    function lastUpdate(Checkpoint self) internal pure returns (uint256) {
        return uint32(Checkpoint.unwrap(self) >> 128);
    }

    /// @notice The low 128 bits of the accumulator.
    function accumulatorLow(Checkpoint self) internal pure returns (uint256) {
        return uint128(Checkpoint.unwrap(self));
    }
}
