// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedTermReward} from "../../contracts/libraries/FixedTermReward.sol";

/// @notice Interest and its shares against exact quotients, over the whole range of terms and amounts.
contract FixedTermRewardTest {
    /// @dev Where the conversion keeps all products below 2^256, the quotient can be checked without wide arithmetic.
    function testFuzz_PromisedIsTheExactQuotientRoundedDown(
        uint96 principal,
        uint256 rate,
        uint256 conversion,
        uint256 duration
    ) external pure {
        rate = _between(rate, 1, 1e18);
        duration = _between(duration, 1 days, 1461 days);
        conversion = _between(conversion, 1, type(uint64).max);
        uint256 reward = FixedTermReward.promised(principal, rate, conversion, duration);
        uint256 exact = principal * rate * duration * conversion;
        uint256 scale = 1e36 * 365 days;
        assert(reward * scale <= exact);
        assert(exact - reward * scale < scale);
    }

    /// @dev A conversion of 2^64 × c promises what c does to 2^64 times the principal.
    function testFuzz_PromisedHoldsForTheLargestConversions(
        uint32 principal,
        uint256 rate,
        uint256 conversion,
        uint256 duration
    ) external pure {
        rate = _between(rate, 1, 1e18);
        duration = _between(duration, 1 days, 1461 days);
        conversion = _between(conversion, 1, type(uint64).max);
        assert(
            FixedTermReward.promised(principal, rate, conversion << 64, duration) ==
                FixedTermReward.promised(uint256(principal) << 64, rate, conversion, duration)
        );
    }

    function testFuzz_PromisedNeverOverflowsInRange(
        uint96 principal,
        uint256 rate,
        uint128 conversion,
        uint256 duration
    ) external pure {
        rate = _between(rate, 1, 1e18);
        duration = _between(duration, 1 days, 1461 days);
        assert(FixedTermReward.promised(principal, rate, conversion, duration) < 2 ** 173);
    }

    function test_AYearAtAHundredPercentPaysThePrincipal() external pure {
        assert(FixedTermReward.promised(12_345, 1e18, 1e18, 365 days) == 12_345);
        assert(FixedTermReward.promised(type(uint96).max, 1e18, 1e18, 365 days) == type(uint96).max);
        assert(FixedTermReward.promised(1e18, 1e17, 1e6, 365 days) == 1e5);
    }

    function testFuzz_OpeningInPartsNeverPromisesMore(
        uint96 principal,
        uint96 part,
        uint256 rate,
        uint256 duration
    ) external pure {
        rate = _between(rate, 1, 1e18);
        duration = _between(duration, 1 days, 1461 days);
        part = uint96(_between(part, 0, principal));
        uint256 whole = FixedTermReward.promised(principal, rate, 1e18, duration);
        uint256 parts =
            FixedTermReward.promised(part, rate, 1e18, duration) +
                FixedTermReward.promised(principal - part, rate, 1e18, duration);
        assert(parts <= whole && whole - parts <= 1);
    }

    function testFuzz_SharesAddUpToTheRewardLessAtMostOneUnit(
        uint96 reward,
        uint96 amount,
        uint96 principal
    ) external pure {
        if (principal == 0) principal = 1;
        amount = uint96(_between(amount, 0, principal));
        uint256 share = FixedTermReward.shareOf(reward, amount, principal);
        uint256 rest = FixedTermReward.shareOf(reward, principal - amount, principal);
        assert(share * principal <= uint256(reward) * amount);
        assert((share + 1) * principal > uint256(reward) * amount);
        assert(share + rest <= reward && reward - share - rest <= 1);
    }

    function _between(uint256 value, uint256 low, uint256 high) private pure returns (uint256) {
        return low + (value % (high - low + 1));
    }
}
