// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EarlyWithdrawalPenalty} from "../../contracts/libraries/EarlyWithdrawalPenalty.sol";

/// @notice What leaving early costs and where it goes, over the whole range of schedules, amounts and times.
contract EarlyWithdrawalPenaltyTest {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Schedule;
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Split;

    uint256 private constant _BPS = 10_000;

    /* PRINCIPAL */

    function testFuzz_PenaltyIsTheExactQuotientRoundedUp(
        uint96 amount,
        uint256 start,
        uint256 end,
        uint256 elapsed,
        uint256 duration
    ) external pure {
        EarlyWithdrawalPenalty.Schedule memory schedule = _schedule(start, end, _BPS);
        duration = _between(duration, 1 days, 1461 days);
        elapsed = _between(elapsed, 0, duration - 1);
        uint256 penalty = schedule.principalPenalty(amount, elapsed, duration);

        // penalty − 1 < amount × weighted share ≤ penalty
        uint256 exact = amount * (schedule.startBps * (duration - elapsed) + schedule.endBps * elapsed);
        uint256 scale = _BPS * duration;
        assert(penalty * scale >= exact);
        assert(penalty == 0 ? exact == 0 : (penalty - 1) * scale < exact);
    }

    function testFuzz_PenaltyNeverExceedsPrincipalNorTheCeiling(
        uint96 amount,
        uint256 start,
        uint256 end,
        uint256 elapsed,
        uint256 duration
    ) external pure {
        EarlyWithdrawalPenalty.Schedule memory schedule = _schedule(start, end, _BPS);
        duration = _between(duration, 1 days, 1461 days);
        elapsed = _between(elapsed, 0, 2 * duration);
        uint256 penalty = schedule.principalPenalty(amount, elapsed, duration);
        assert(penalty <= amount);
        assert(penalty <= (uint256(amount) + 3) / 4);
        if (elapsed >= duration) assert(penalty == 0);
    }

    function testFuzz_PenaltyIsNothingAtMaturity(
        uint96 amount,
        uint256 start,
        uint256 end,
        uint256 duration
    ) external pure {
        duration = _between(duration, 1 days, 1461 days);
        assert(_schedule(start, end, _BPS).principalPenalty(amount, duration, duration) == 0);
    }

    function testFuzz_PenaltyNeverRisesWithTime(
        uint96 amount,
        uint256 start,
        uint256 end,
        uint256 earlier,
        uint256 later,
        uint256 duration
    ) external pure {
        EarlyWithdrawalPenalty.Schedule memory schedule = _schedule(start, end, _BPS);
        duration = _between(duration, 1 days, 1461 days);
        later = _between(later, 0, 2 * duration);
        earlier = _between(earlier, 0, later);
        assert(
            schedule.principalPenalty(amount, later, duration) <= schedule.principalPenalty(amount, earlier, duration)
        );
    }

    function testFuzz_SplittingAnExitNeverSavesAndCostsAtMostOneUnitAPart(
        uint96 amount,
        uint96 part,
        uint256 start,
        uint256 end,
        uint256 elapsed,
        uint256 duration
    ) external pure {
        EarlyWithdrawalPenalty.Schedule memory schedule = _schedule(start, end, _BPS);
        duration = _between(duration, 1 days, 1461 days);
        elapsed = _between(elapsed, 0, duration);
        part = uint96(_between(part, 0, amount));
        uint256 whole = schedule.principalPenalty(amount, elapsed, duration);
        uint256 parts =
            schedule.principalPenalty(part, elapsed, duration) +
                schedule.principalPenalty(amount - part, elapsed, duration);
        assert(parts >= whole && parts - whole <= 1);
    }

    /* REWARD */

    function testFuzz_KeptIsTheExactQuotientRoundedDown(
        uint96 reward,
        uint96 amount,
        uint96 principal,
        uint256 elapsed,
        uint256 duration,
        uint256 forfeited
    ) external pure {
        EarlyWithdrawalPenalty.Schedule memory schedule = _schedule(1, 0, forfeited);
        if (principal == 0) principal = 1;
        amount = uint96(_between(amount, 0, principal));
        duration = _between(duration, 1 days, 1461 days);
        elapsed = _between(elapsed, 0, duration);
        uint256 numerator = uint256(reward) * amount * elapsed;
        uint256 denominator = principal * duration;
        uint256 kept = schedule.keptReward(numerator, denominator);

        assert(kept <= numerator / denominator);
        uint256 exact = numerator * (_BPS - schedule.forfeitedBps);
        assert(kept * denominator * _BPS <= exact);
        assert(exact < (kept + 1) * denominator * _BPS);
        if (schedule.forfeitedBps == _BPS) assert(kept == 0);
        if (schedule.forfeitedBps == 0) assert(kept == numerator / denominator);
    }

    /* DIVISION */

    function testFuzz_DivisionIsExactAndGivesNothingToWhoHasNoShare(
        uint128 amount,
        uint256 rewards,
        uint256 insurance,
        uint256 treasury
    ) external pure {
        EarlyWithdrawalPenalty.Split memory split = _split(rewards, insurance, treasury);
        EarlyWithdrawalPenalty.Shares memory shares = split.divide(amount);
        assert(uint256(shares.rewards) + shares.insurance + shares.treasury + shares.burned == amount);
        _requireShare(shares.rewards, amount, split.rewardsBps);
        _requireShare(shares.insurance, amount, split.insuranceBps);
        _requireShare(shares.treasury, amount, split.treasuryBps);
        _requireShare(shares.burned, amount, split.burnBps);
    }

    /* VALIDITY */

    /// @dev Values near the bounds, so that valid and invalid ones are both met.
    function testFuzz_OnlySchedulesWithinTheCeilingsAreValid(uint16 start, uint16 end, uint16 forfeited) external view {
        start = start % 4 == 0 ? 0 : start % 2_600;
        end %= 2_600;
        if (start == 0) end = 0;
        forfeited = forfeited % 2 == 0 ? 10_000 : forfeited % 10_100;
        EarlyWithdrawalPenalty.Schedule memory schedule = EarlyWithdrawalPenalty.Schedule(start, end, forfeited);
        bool valid = start <= 2_500 && end <= start && forfeited <= _BPS && (start != 0 || forfeited == _BPS);
        try this.requireValid(schedule) {
            assert(valid);
        } catch {
            assert(!valid);
        }
    }

    function testFuzz_OnlyWholeSplitsAreValid(
        uint16 rewards,
        uint16 insurance,
        uint16 treasury,
        uint16 burned
    ) external view {
        (rewards, insurance, treasury) = (rewards % 4_000, insurance % 4_000, treasury % 4_000);
        burned = uint16(
            burned % 2 == 0 && rewards + insurance + treasury <= _BPS
                ? _BPS - rewards - insurance - treasury
                : burned % _BPS
        );
        uint256 sum = uint256(rewards) + insurance + treasury + burned;
        try this.requireWhole(EarlyWithdrawalPenalty.Split(rewards, insurance, treasury, burned)) {
            assert(sum == _BPS);
        } catch {
            assert(sum != _BPS);
        }
    }

    function requireValid(EarlyWithdrawalPenalty.Schedule memory schedule) external pure {
        schedule.requireValid();
    }

    function requireWhole(EarlyWithdrawalPenalty.Split memory split) external pure {
        split.requireWhole();
    }

    /// @dev Each share is its part of the amount rounded down, plus at most three units that division leaves.
    function _requireShare(uint256 share, uint256 amount, uint256 bps) private pure {
        uint256 floor = (amount * bps) / _BPS;
        assert(share >= floor && share - floor <= 3);
        if (bps == 0) assert(share == 0);
    }

    /// @dev A valid schedule with the given values brought into range.
    function _schedule(
        uint256 start,
        uint256 end,
        uint256 forfeited
    ) private pure returns (EarlyWithdrawalPenalty.Schedule memory schedule) {
        schedule.startBps = uint16(_between(start, 0, 2_500));
        schedule.endBps = uint16(_between(end, 0, schedule.startBps));
        schedule.forfeitedBps = uint16(_between(forfeited, 0, _BPS));
    }

    /// @dev A whole split; every other one leaves a destination without a share.
    function _split(
        uint256 rewards,
        uint256 insurance,
        uint256 treasury
    ) private pure returns (EarlyWithdrawalPenalty.Split memory split) {
        split.rewardsBps = rewards % 2 == 0 ? 0 : uint16(_between(rewards, 0, _BPS));
        split.insuranceBps = insurance % 2 == 0 ? 0 : uint16(_between(insurance, 0, _BPS - split.rewardsBps));
        uint256 left = _BPS - split.rewardsBps - split.insuranceBps;
        split.treasuryBps = treasury % 2 == 0 ? 0 : uint16(_between(treasury, 0, left));
        split.burnBps = uint16(left - split.treasuryBps);
    }

    function _between(uint256 value, uint256 low, uint256 high) private pure returns (uint256) {
        return low + (value % (high - low + 1));
    }
}
