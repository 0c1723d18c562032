// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardAccrual} from "../../contracts/libraries/RewardAccrual.sol";

/// @notice The accrual arithmetic against exact references, over its whole range, and in random histories.
contract RewardAccrualTest {
    uint256 private constant _STAKERS = 4;
    uint256 private constant _STEPS = 40;

    /// @dev A stream and its stakers, as a pool keeps them, and what the stream has promised in exact arithmetic.
    struct History {
        uint256 reward;
        uint256 duration;
        uint8 digits;
        uint256 elapsed;
        uint256 streamedTime;
        uint256 staked;
        uint256 accumulator;
        uint256 paid;
        uint256 operations;
        uint256[_STAKERS] stakes;
        uint160[_STAKERS] debts;
    }

    /* GROWTH */

    function testFuzz_GrowthIsTheExactQuotientRoundedDown(
        uint128 reward,
        uint256 elapsed,
        uint256 duration,
        uint96 staked,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        duration = _between(duration, 1 hours, 1461 days);
        elapsed = _between(elapsed, 0, duration);
        if (staked == 0) staked = 1;
        uint256 grown = RewardAccrual.growth(reward, elapsed, duration, staked, digits);

        // grown ≤ reward × elapsed × 2^digits / (duration × staked) < grown + 1; every product is below 2^256.
        uint256 numerator = (uint256(reward) * elapsed) << digits;
        uint256 denominator = duration * staked;
        assert(grown * denominator <= numerator);
        assert(numerator < (grown + 1) * denominator);
        assert(grown <= uint256(reward) << digits);
    }

    function testFuzz_GrowthInPartsLosesLessThanOneStepAPart(
        uint128 reward,
        uint256 duration,
        uint96 staked,
        uint256 cut,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        duration = _between(duration, 1 hours, 1461 days);
        cut = _between(cut, 0, duration);
        if (staked == 0) staked = 1;
        uint256 whole = RewardAccrual.growth(reward, duration, duration, staked, digits);
        uint256 parts =
            RewardAccrual.growth(reward, cut, duration, staked, digits) +
                RewardAccrual.growth(reward, duration - cut, duration, staked, digits);
        assert(parts <= whole && whole - parts <= 1);
    }

    function testFuzz_DigitsCostAllStakersTogetherLessThanAUnitAndFitTheDebts(uint96 cap) external pure {
        if (cap == 0) cap = 1;
        uint8 digits = RewardAccrual.digitsFor(cap);
        assert(digits >= RewardAccrual.DEBT_SCALE && digits <= RewardAccrual.MAXIMUM_DIGITS);
        assert(cap <= uint256(1) << digits); // one rounding costs cap / 2^digits at most
        // Below the most there are, they are the bits of the cap and 16 more, and never fewer than a debt's.
        uint256 bits;
        while (uint256(cap) >> bits != 0) ++bits;
        uint256 expected =
            bits + 16 > 96
                ? 96
                : bits + 16 < 24
                    ? 24
                    : bits + 16;
        assert(digits == expected);
    }

    /* DEBTS */

    function testFuzz_StakingRoundsTheDebtUpModulo160Bits(
        uint160 debt,
        uint96 amount,
        uint256 accumulator,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        amount = _upTo(amount, cap);
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        (uint256 product, bool exact) = _product(amount, accumulator, digits - RewardAccrual.DEBT_SCALE);
        unchecked {
            uint160 expected = debt + uint160(exact ? product : product + 1);
            assert(RewardAccrual.debtAfterStake(debt, amount, accumulator, digits) == expected);
        }
    }

    function testFuzz_WithdrawingRoundsTheCreditDownModulo160Bits(
        uint160 debt,
        uint96 amount,
        uint256 accumulator,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        amount = _upTo(amount, cap);
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        (uint256 product, ) = _product(amount, accumulator, digits - RewardAccrual.DEBT_SCALE);
        unchecked {
            assert(RewardAccrual.debtAfterWithdrawal(debt, amount, accumulator, digits) == debt - uint160(product));
        }
    }

    function testFuzz_CreditIsEarnedToTheUnitAndClaimedOnce(
        uint128 reward,
        uint256 accumulator,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        uint160 debt = RewardAccrual.debtOfCredit(reward);
        assert(RewardAccrual.earned(0, debt, accumulator, digits) == reward);
        assert(RewardAccrual.earned(0, RewardAccrual.debtAfterClaim(debt, reward), accumulator, digits) == 0);
    }

    /* EARNED */

    function testFuzz_EarnedIsExactWithinOneUnitAndNeverMore(
        uint96 stake,
        uint256 from,
        uint256 growth,
        uint128 credit,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        stake = _upTo(stake, cap);
        if (stake == 0) stake = 1;
        credit /= 2;
        // What a stake earns is below 2^127 units, whatever the debt that wrapped around 2^160 before.
        from = _between(from, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        uint256 room = RewardAccrual.ACCUMULATOR_LIMIT - 1 - from;
        uint256 most = (uint256(1) << (127 + digits)) / stake;
        growth = _between(growth, 0, room < most ? room : most);

        uint160 debt = RewardAccrual.debtAfterStake(RewardAccrual.debtOfCredit(credit), stake, from, digits);
        uint256 earned = RewardAccrual.earned(stake, debt, from + growth, digits);
        uint256 exact = uint256(credit) + ((stake * growth) >> digits); // below 2^224
        assert(earned <= exact);
        assert(earned + 1 >= exact);
    }

    function testFuzz_JoiningAndLeavingAtOnceEarnsNothing(
        uint96 stake,
        uint96 amount,
        uint256 accumulator,
        uint96 cap
    ) external pure {
        uint8 digits = _digits(cap);
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        stake = _upTo(stake, cap) / 2;
        amount = _upTo(amount, cap) / 2;
        uint160 before = RewardAccrual.debtAfterStake(0, stake, accumulator, digits);
        uint160 debt = RewardAccrual.debtAfterStake(before, amount, accumulator, digits);
        debt = RewardAccrual.debtAfterWithdrawal(debt, amount, accumulator, digits);
        assert(RewardAccrual.earned(stake, debt, accumulator, digits) == 0);
        unchecked {
            assert(debt - before <= 1); // 2^-24 units at most, against the person
        }
    }

    /* HISTORIES */

    /// @dev Random histories of four stakers and one stream: nothing is paid that was not streamed; an operation costs its
    /// own account at most a unit and others nothing; all together lose at most a unit an operation.
    function testFuzz_HistoriesPayAtMostTheStreamAndLoseAtMostAUnitAnOperation(
        uint256 seed,
        uint128 reward,
        uint256 duration,
        uint256 scale
    ) external pure {
        History memory history;
        history.reward = reward;
        history.duration = _between(duration, 1 hours, 1461 days);
        scale = _between(scale, 0, 90); // forty stakes of at most 2^scale stay below a cap of 2^(scale + 6)
        history.digits = RewardAccrual.digitsFor((uint256(1) << (scale + 6)) - 1);

        for (uint256 step; step < _STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            _pass(history, seed >> 128);
            _act(history, seed % _STAKERS, (seed >> 8) % 4, _between(seed >> 16, 1, uint256(1) << scale));
            _checkSolvent(history);
        }
    }

    /// @dev Lets up to a quarter of what is left of the period pass; the clock stands while nobody is staked.
    function _pass(History memory history, uint256 random) private pure {
        uint256 passed = random % ((history.duration - history.elapsed) / 4 + 1);
        if (history.staked == 0) return;
        history.elapsed += passed;
        history.streamedTime += passed;
        history.accumulator += RewardAccrual.growth(
            history.reward,
            passed,
            history.duration,
            history.staked,
            history.digits
        );
    }

    function _act(History memory history, uint256 who, uint256 action, uint256 amount) private pure {
        uint256[_STAKERS] memory before = _earnedByAll(history);
        uint256 stake = history.stakes[who];
        uint160 debt = history.debts[who];
        uint256 claimed;

        if (action < 2) {
            history.debts[who] = RewardAccrual.debtAfterStake(debt, amount, history.accumulator, history.digits);
            history.stakes[who] = stake + amount;
            history.staked += amount;
        } else if (action == 2) {
            if (amount > stake) amount = stake;
            history.debts[who] = RewardAccrual.debtAfterWithdrawal(debt, amount, history.accumulator, history.digits);
            history.stakes[who] = stake - amount;
            history.staked -= amount;
        } else {
            claimed = before[who];
            history.debts[who] = RewardAccrual.debtAfterClaim(debt, claimed);
            history.paid += claimed;
        }
        ++history.operations;

        uint256[_STAKERS] memory afterwards = _earnedByAll(history);
        for (uint256 i; i < _STAKERS; ++i) {
            uint256 now_ = afterwards[i] + (i == who ? claimed : 0);
            assert(now_ <= before[i]);
            assert(now_ + (i == who && action != 3 ? 1 : 0) >= before[i]);
        }
    }

    function _checkSolvent(History memory history) private pure {
        uint256[_STAKERS] memory earned = _earnedByAll(history);
        uint256 given = history.paid;
        for (uint256 i; i < _STAKERS; ++i) given += earned[i];
        uint256 streamed = (history.reward * history.streamedTime) / history.duration;
        assert(given <= streamed);
        assert(given + history.operations + _STAKERS >= streamed);
    }

    function _earnedByAll(History memory history) private pure returns (uint256[_STAKERS] memory earned) {
        for (uint256 i; i < _STAKERS; ++i) {
            earned[i] = RewardAccrual.earned(history.stakes[i], history.debts[i], history.accumulator, history.digits);
        }
    }

    /* REFERENCES */

    /// @dev `amount × accumulator / 2^shift` rounded down, in two halves that fit 256 bits, and whether that was exact.
    function _product(
        uint96 amount,
        uint256 accumulator,
        uint8 shift
    ) private pure returns (uint256 product, bool exact) {
        uint256 high = amount * (accumulator >> 128); // below 2^192
        uint256 low = amount * uint256(uint128(accumulator)); // below 2^224
        product = (high << (128 - shift)) + (low >> shift);
        exact = low % (uint256(1) << shift) == 0;
    }

    function _digits(uint96 cap) private pure returns (uint8) {
        return RewardAccrual.digitsFor(cap == 0 ? 1 : cap);
    }

    function _upTo(uint96 value, uint96 cap) private pure returns (uint96) {
        return cap == type(uint96).max ? value : value % (cap + 1);
    }

    function _between(uint256 value, uint256 least, uint256 most) private pure returns (uint256) {
        return most - least == type(uint256).max ? value : least + (value % (most - least + 1));
    }
}
