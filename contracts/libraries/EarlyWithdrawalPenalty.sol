// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title EarlyWithdrawalPenalty
/// @notice What leaving before maturity costs and where it goes: the only place that knows.
/// @dev Pure arithmetic. Amounts in base units, shares in basis points (1/10,000), times in seconds. What a person
/// pays is rounded up, by less than one unit.
library EarlyWithdrawalPenalty {
    /// @notice What leaving a term early costs.
    /// @param startBps Share of principal taken right after opening; at most 2,500.
    /// @param endBps Share of principal taken right before maturity, at most `startBps`; linear between both.
    /// @param forfeitedBps Share of the reward accrued so far that is not paid; at most 10,000. What has not accrued
    /// yet is never paid.
    struct Schedule {
        uint16 startBps;
        uint16 endBps;
        uint16 forfeitedBps;
    }

    /// @notice Where principal penalties go, in basis points that add up to 10,000.
    /// @param rewardsBps To those who stay: the pool's own budget, or the flexible pool that it names.
    /// @param insuranceBps To the insurance fund.
    /// @param treasuryBps To the treasury.
    /// @param burnBps Destroyed.
    struct Split {
        uint16 rewardsBps;
        uint16 insuranceBps;
        uint16 treasuryBps;
        uint16 burnBps;
    }

    /// @notice An amount divided by a `Split`, in base units.
    struct Shares {
        uint128 rewards;
        uint128 insurance;
        uint128 treasury;
        uint128 burned;
    }

    /// @notice The whole, in basis points.
    uint256 internal constant BPS = 10_000;

    /// @notice Largest share of principal that leaving early may cost, in basis points.
    uint256 internal constant CEILING_BPS = 2_500;

    /// @notice The principal penalty starts above the ceiling.
    error PenaltyAboveCeiling(uint256 startBps, uint256 ceilingBps);

    /// @notice The principal penalty would rise with time.
    error PenaltyRises(uint256 startBps, uint256 endBps);

    /// @notice More than the whole accrued reward would be forfeited.
    error PenaltyForfeitsTooMuch(uint256 forfeitedBps, uint256 maximumBps);

    /// @notice Leaving early would cost neither principal nor the whole accrued reward: who leaves would then keep a
    /// part of it for nothing, as in a flexible pool, at a rate that was promised for the whole term.
    error PenaltyMissing(uint256 startBps, uint256 forfeitedBps);

    /// @notice The shares add up to `sumBps`, not to `wholeBps`.
    error PenaltySplitNotWhole(uint256 sumBps, uint256 wholeBps);

    /// @notice Requires that `schedule` keeps within the ceilings, does not rise and charges something.
    function requireValid(Schedule memory schedule) internal pure {
        require(schedule.startBps <= CEILING_BPS, PenaltyAboveCeiling(schedule.startBps, CEILING_BPS));
        require(schedule.endBps <= schedule.startBps, PenaltyRises(schedule.startBps, schedule.endBps));
        require(schedule.forfeitedBps <= BPS, PenaltyForfeitsTooMuch(schedule.forfeitedBps, BPS));
        require(
            schedule.startBps != 0 || schedule.forfeitedBps == BPS,
            PenaltyMissing(schedule.startBps, schedule.forfeitedBps)
        );
    }

    /// @notice Requires that the shares of `split_` add up to the whole.
    function requireWhole(Split memory split_) internal pure {
        uint256 sum = uint256(split_.rewardsBps) + split_.insuranceBps + split_.treasuryBps + split_.burnBps;
        require(sum == BPS, PenaltySplitNotWhole(sum, BPS));
    }

    /// @notice Principal taken when `amount` leaves `elapsed` seconds after opening a term of `duration` seconds,
    /// rounded up; 0 from maturity on. Never above `amount`, never rising with `elapsed`.
    /// @dev penalty = amount × (startBps × (duration − elapsed) + endBps × elapsed) / (10,000 × duration).
    /// Bounds: `amount < 2^128`, `0 < duration < 2^32`; nothing overflows.
    function principalPenalty(
        Schedule memory schedule,
        uint256 amount,
        uint256 elapsed,
        uint256 duration
    ) internal pure returns (uint256) {
        if (elapsed >= duration) return 0;
        uint256 weighted = schedule.startBps * (duration - elapsed) + schedule.endBps * elapsed;
        return Math.ceilDiv(amount * weighted, BPS * duration);
    }

    /// @notice What is paid before maturity of an accrued reward of `numerator / denominator` units.
    /// @dev kept = numerator × (10,000 − forfeitedBps) / (denominator × 10,000). The fraction comes undivided, to be
    /// rounded once, down. Bounds: `numerator < 2^240`, `0 < denominator < 2^240`; nothing overflows.
    function keptReward(
        Schedule memory schedule,
        uint256 numerator,
        uint256 denominator
    ) internal pure returns (uint256) {
        return (numerator * (BPS - schedule.forfeitedBps)) / (denominator * BPS);
    }

    /// @notice Divides `amount`, below 2^128, exactly: each share rounded down, the rest goes to the first destination
    /// that has a share. A destination without a share never receives anything.
    function divide(Split memory split_, uint256 amount) internal pure returns (Shares memory shares) {
        shares.insurance = uint128((amount * split_.insuranceBps) / BPS); // each share ≤ amount < 2^128
        shares.treasury = uint128((amount * split_.treasuryBps) / BPS);
        shares.burned = uint128((amount * split_.burnBps) / BPS);
        uint128 rest = uint128(amount) - shares.insurance - shares.treasury - shares.burned;
        if (split_.rewardsBps != 0) shares.rewards = rest;
        else if (split_.insuranceBps != 0) shares.insurance += rest;
        else if (split_.treasuryBps != 0) shares.treasury += rest;
        else shares.burned += rest;
    }
}
