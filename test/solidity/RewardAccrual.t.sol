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
        uint96 staked
    ) external pure {
        duration = _between(duration, 1 hours, 1461 days);
        elapsed = _between(elapsed, 0, duration);
        if (staked == 0) staked = 1;
        uint256 grown = RewardAccrual.growth(reward, elapsed, duration, staked);

        // grown ≤ reward × elapsed × 2^96 / (duration × staked) < grown + 1; every product is below 2^256.
        uint256 numerator = (uint256(reward) * elapsed) << 96;
        uint256 denominator = duration * staked;
        assert(grown * denominator <= numerator);
        assert(numerator < (grown + 1) * denominator);
        assert(grown <= uint256(reward) << 96);
    }

    function testFuzz_GrowthInPartsLosesLessThanOneStepAPart(
        uint128 reward,
        uint256 duration,
        uint96 staked,
        uint256 cut
    ) external pure {
        duration = _between(duration, 1 hours, 1461 days);
        cut = _between(cut, 0, duration);
        if (staked == 0) staked = 1;
        uint256 whole = RewardAccrual.growth(reward, duration, duration, staked);
        uint256 parts =
            RewardAccrual.growth(reward, cut, duration, staked) +
                RewardAccrual.growth(reward, duration - cut, duration, staked);
        assert(parts <= whole && whole - parts <= 1);
    }

    /* DEBTS */

    function testFuzz_StakingRoundsTheDebtUpModulo160Bits(
        uint160 debt,
        uint96 amount,
        uint256 accumulator
    ) external pure {
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        (uint256 product, bool exact) = _product(amount, accumulator);
        unchecked {
            uint160 expected = debt + uint160(exact ? product : product + 1);
            assert(RewardAccrual.debtAfterStake(debt, amount, accumulator) == expected);
        }
    }

    function testFuzz_WithdrawingRoundsTheCreditDownModulo160Bits(
        uint160 debt,
        uint96 amount,
        uint256 accumulator
    ) external pure {
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        (uint256 product, ) = _product(amount, accumulator);
        unchecked {
            assert(RewardAccrual.debtAfterWithdrawal(debt, amount, accumulator) == debt - uint160(product));
        }
    }

    function testFuzz_CreditIsEarnedToTheUnitAndClaimedOnce(uint128 reward, uint256 accumulator) external pure {
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        uint160 debt = RewardAccrual.debtOfCredit(reward);
        assert(RewardAccrual.earned(0, debt, accumulator) == reward);
        assert(RewardAccrual.earned(0, RewardAccrual.debtAfterClaim(debt, reward), accumulator) == 0);
    }

    /* EARNED */

    function testFuzz_EarnedIsExactWithinOneUnitAndNeverMore(
        uint96 stake,
        uint256 from,
        uint256 growth,
        uint128 credit
    ) external pure {
        if (stake == 0) stake = 1;
        credit /= 2;
        // What a stake earns is below 2^127 units, whatever the debt that wrapped around 2^160 before.
        from = _between(from, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        uint256 room = RewardAccrual.ACCUMULATOR_LIMIT - 1 - from;
        uint256 most = (uint256(1) << 223) / stake;
        growth = _between(growth, 0, room < most ? room : most);

        uint160 debt = RewardAccrual.debtAfterStake(RewardAccrual.debtOfCredit(credit), stake, from);
        uint256 earned = RewardAccrual.earned(stake, debt, from + growth);
        uint256 exact = uint256(credit) + ((stake * growth) >> 96); // both products are below 2^224
        assert(earned <= exact);
        assert(earned + 1 >= exact);
    }

    function testFuzz_JoiningAndLeavingAtOnceEarnsNothing(
        uint96 stake,
        uint96 amount,
        uint256 accumulator
    ) external pure {
        accumulator = _between(accumulator, 0, RewardAccrual.ACCUMULATOR_LIMIT - 1);
        stake /= 2;
        amount /= 2;
        uint160 before = RewardAccrual.debtAfterStake(0, stake, accumulator);
        uint160 debt = RewardAccrual.debtAfterStake(before, amount, accumulator);
        debt = RewardAccrual.debtAfterWithdrawal(debt, amount, accumulator);
        assert(RewardAccrual.earned(stake, debt, accumulator) == 0);
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
        scale = _between(scale, 0, 94);

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
        history.accumulator += RewardAccrual.growth(history.reward, passed, history.duration, history.staked);
    }

    function _act(History memory history, uint256 who, uint256 action, uint256 amount) private pure {
        uint256[_STAKERS] memory before = _earnedByAll(history);
        uint256 stake = history.stakes[who];
        uint160 debt = history.debts[who];
        uint256 claimed;

        if (action < 2) {
            history.debts[who] = RewardAccrual.debtAfterStake(debt, amount, history.accumulator);
            history.stakes[who] = stake + amount;
            history.staked += amount;
        } else if (action == 2) {
            if (amount > stake) amount = stake;
            history.debts[who] = RewardAccrual.debtAfterWithdrawal(debt, amount, history.accumulator);
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
            earned[i] = RewardAccrual.earned(history.stakes[i], history.debts[i], history.accumulator);
        }
    }

    /* REFERENCES */

    /// @dev `amount × accumulator / 2^72` rounded down, in two halves that fit 256 bits, and whether that was exact.
    function _product(uint96 amount, uint256 accumulator) private pure returns (uint256 product, bool exact) {
        uint256 high = amount * (accumulator >> 128); // below 2^192
        uint256 low = amount * uint256(uint128(accumulator)); // below 2^224
        product = (high << 56) + (low >> 72);
        exact = low % (1 << 72) == 0;
    }

    function _between(uint256 value, uint256 least, uint256 most) private pure returns (uint256) {
        return most - least == type(uint256).max ? value : least + (value % (most - least + 1));
    }
}
