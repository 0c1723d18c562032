// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One slot of a flexible pool: 128 bits of reward a duration, 32 bits of end, 80 bits of what was paid since
/// the last notification, and a flag each for a wide accumulator and for paused deposits.
type Period is uint256;

using PeriodLib for Period global;

/// @title PeriodLib
/// @notice Packs, reads and changes a `Period`.
library PeriodLib {
    uint256 private constant _WIDE = 1 << 8;
    uint256 private constant _PAUSED = 1;

    /// @notice Most base units that `paid` counts.
    uint256 internal constant PAID_LIMIT = type(uint80).max;

    /// @notice Starts a period of `reward_` base units, below 2^128, ending at `end_`, below 2^32; flags are kept.
    function restart(Period self, uint256 reward_, uint256 end_) internal pure returns (Period) {
        return Period.wrap((reward_ << 128) | (end_ << 96) | uint16(Period.unwrap(self)));
    }

    /// @notice Counts `paid_` base units, at most `PAID_LIMIT`, as paid since the last notification.
    function withPaid(Period self, uint256 paid_) internal pure returns (Period) {
        return Period.wrap((Period.unwrap(self) & ~(PAID_LIMIT << 16)) | (paid_ << 16));
    }

    /// @notice Moves the end to `end_`, below 2^32.
    function withEnd(Period self, uint256 end_) internal pure returns (Period) {
        return Period.wrap((Period.unwrap(self) & ~(uint256(type(uint32).max) << 96)) | (end_ << 96));
    }

    /// @notice Notes that the accumulator no longer fits into its low half; it never will again.
    function withWide(Period self) internal pure returns (Period) {
        return Period.wrap(Period.unwrap(self) | _WIDE);
    }

    /// @notice Pauses or unpauses deposits.
    function withPaused(Period self, bool paused_) internal pure returns (Period) {
        return Period.wrap(paused_ ? Period.unwrap(self) | _PAUSED : Period.unwrap(self) & ~_PAUSED);
    }

    /// @notice Base units of the rewards token that the stream pays in a period's duration.
    function reward(Period self) internal pure returns (uint256) {
        return Period.unwrap(self) >> 128;
    }

    /// @notice Unix time of the end, in seconds, not counting the time since nobody is staked.
    function end(Period self) internal pure returns (uint256) {
        return uint32(Period.unwrap(self) >> 96);
    }

    /// @notice Base units of the rewards token counted as paid since the last notification.
    function paid(Period self) internal pure returns (uint256) {
        return uint80(Period.unwrap(self) >> 16);
    }

    /// @notice Whether the accumulator's high half is in use.
    function wide(Period self) internal pure returns (bool) {
        return Period.unwrap(self) & _WIDE != 0;
    }

    /// @notice Whether deposits are paused.
    function paused(Period self) internal pure returns (bool) {
        return Period.unwrap(self) & _PAUSED != 0;
    }
}
