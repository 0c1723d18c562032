// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RewardAccrual
/// @notice The arithmetic of a reward stream shared pro rata: an accumulator of reward per staked unit and, for each
/// staker, a signed debt.
/// @dev Units. The accumulator is reward units per staked unit times 2^digits, below 2^224; its `digits` follow from
/// the pool's cap. A debt is reward units times 2^24, modulo 2^160. Amounts staked are at most the cap, below 2^96,
/// rewards below 2^128, durations below 2^32 seconds.
///
/// A debt may exceed 2^160 by itself, after one staked unit earned a fortune and a large stake followed. Only the
/// difference between what a stake accumulated and its debt has a meaning, and that is below 2^152: the difference of
/// both modulo 2^160, read as a signed number, is exact.
library RewardAccrual {
    /// @notice Most binary digits after the point of an accumulator.
    uint8 internal constant MAXIMUM_DIGITS = 96;

    /// @notice Binary digits after the point of a debt.
    uint8 internal constant DEBT_SCALE = 24;

    /// @notice The accumulator stays below this.
    uint256 internal constant ACCUMULATOR_LIMIT = 1 << 224;

    /// @dev Digits of the accumulator beyond the bits of the cap: one rounding costs all stakers together less than
    /// 2^-16 units, where fewer digits than `MAXIMUM_DIGITS` suffice for it.
    uint8 private constant _SPARE_DIGITS = 16;

    /// @notice Binary digits after the point that an accumulator needs where at most `cap` units are staked: the bits
    /// of the cap and 16 more, from 24 to 96. Fewer digits keep it in its narrow half for longer.
    /// @param cap Base units, at least 1 and below 2^96.
    function digitsFor(uint256 cap) internal pure returns (uint8) {
        return uint8(Math.min(MAXIMUM_DIGITS, Math.max(DEBT_SCALE, Math.log2(cap) + 1 + _SPARE_DIGITS))); // ≤ 96
    }

    /// @notice Growth of the accumulator while `staked` units share `reward × elapsed / duration`, rounded down.
    /// @dev `elapsed ≤ duration < 2^32`, `reward < 2^128`, `0 < staked < 2^96`: nothing overflows, and the growth of a
    /// whole period is at most `reward × 2^digits`. One rounding costs all stakers together `staked / 2^digits` units,
    /// under one.
    function growth(
        uint256 reward,
        uint256 elapsed,
        uint256 duration,
        uint256 staked,
        uint8 digits
    ) internal pure returns (uint256) {
        unchecked {
            return ((reward * elapsed) << digits) / (duration * staked);
        }
    }

    /// @notice The debt after `amount` units joined at `accumulator`; what they accumulated before is rounded up.
    function debtAfterStake(
        uint160 debt,
        uint256 amount,
        uint256 accumulator,
        uint8 digits
    ) internal pure returns (uint160) {
        unchecked {
            // modulo 2^160
            return debt + uint160(Math.mulShr(amount, accumulator, digits - DEBT_SCALE, Math.Rounding.Ceil));
        }
    }

    /// @notice The debt after `amount` units left at `accumulator`; what they accumulated stays earned, rounded down.
    function debtAfterWithdrawal(
        uint160 debt,
        uint256 amount,
        uint256 accumulator,
        uint8 digits
    ) internal pure returns (uint160) {
        unchecked {
            return debt - uint160(Math.mulShr(amount, accumulator, digits - DEBT_SCALE)); // modulo 2^160
        }
    }

    /// @notice The debt after `reward` units were paid.
    function debtAfterClaim(uint160 debt, uint256 reward) internal pure returns (uint160) {
        unchecked {
            return debt + uint160(reward << DEBT_SCALE); // modulo 2^160
        }
    }

    /// @notice The debt of somebody with no stake to whom `reward` units are due.
    function debtOfCredit(uint256 reward) internal pure returns (uint160) {
        unchecked {
            return uint160(0) - uint160(reward << DEBT_SCALE); // modulo 2^160
        }
    }

    /// @notice Reward units earned by `stake` units with `debt` at `accumulator`, rounded down.
    function earned(uint256 stake, uint160 debt, uint256 accumulator, uint8 digits) internal pure returns (uint256) {
        unchecked {
            // Modulo 2^160, then signed: roundings may leave it a few 2^-24 below zero.
            int160 scaled = int160(uint160(Math.mulShr(stake, accumulator, digits - DEBT_SCALE)) - debt);
            return scaled > 0 ? uint256(uint160(scaled)) >> DEBT_SCALE : 0;
        }
    }
}
