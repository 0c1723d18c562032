// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {EarlyWithdrawalPenalty} from "../../contracts/libraries/EarlyWithdrawalPenalty.sol";
import {RewardAccrual} from "../../contracts/libraries/RewardAccrual.sol";
import {RewardStream} from "../../contracts/libraries/RewardStream.sol";
import {Formulas} from "../proofs/Formulas.sol";
import {Math as PlainMath} from "../proofs/PlainMath.sol";

/// @notice What the SMT checker proves theorems about is what the libraries compute.
contract FormulasTest {
    function testFuzz_GrowthIsTheLibrarys(
        uint128 reward,
        uint32 elapsed,
        uint32 duration,
        uint96 staked,
        uint96 cap
    ) external pure {
        uint8 digits = RewardAccrual.digitsFor(cap == 0 ? 1 : cap);
        duration = duration == 0 ? 1 : duration;
        elapsed = elapsed % duration;
        staked = staked == 0 ? 1 : staked;
        uint256 growth = RewardAccrual.growth(reward, elapsed, duration, staked, digits);
        assert(Formulas.growth(reward, elapsed, duration, staked, 2 ** digits) == growth);
    }

    function testFuzz_StreamsAreTheLibrarys(
        uint128 reward,
        uint32 remaining,
        uint128 total,
        uint32 duration
    ) external pure {
        duration = duration == 0 ? 1 : duration;
        remaining = uint32(remaining % (uint256(duration) + 1));
        total = total == 0 ? 1 : total;
        (uint256 newReward, uint256 newRemaining, uint256 carry) = RewardStream.afterNotification(
            reward,
            remaining,
            total,
            duration
        );
        (uint256 reward_, uint256 remaining_, uint256 carry_) = Formulas.afterNotification(
            reward,
            remaining,
            total,
            duration
        );
        assert(reward_ == newReward && remaining_ == newRemaining && carry_ == carry);
    }

    function testFuzz_SharesAreTheLibrarys(
        uint128 amount,
        uint16 insurance,
        uint16 treasury,
        uint16 burn
    ) external pure {
        insurance = insurance % 3_333;
        treasury = treasury % 3_333;
        burn = burn % 3_333; // below 10,000 together, so that the rest goes to rewards
        uint16 rewards = 10_000 - insurance - treasury - burn;
        EarlyWithdrawalPenalty.Split memory split_ = EarlyWithdrawalPenalty.Split(rewards, insurance, treasury, burn);
        EarlyWithdrawalPenalty.Shares memory shares = EarlyWithdrawalPenalty.divide(split_, amount);
        assert(shares.insurance == Formulas.share(amount, insurance));
        assert(shares.treasury == Formulas.share(amount, treasury));
        assert(shares.burned == Formulas.share(amount, burn));
        assert(shares.rewards == amount - shares.insurance - shares.treasury - shares.burned);
    }

    function testFuzz_CeilDivIsOpenZeppelins(uint256 a, uint256 b) external pure {
        b = b == 0 ? 1 : b;
        assert(PlainMath.ceilDiv(a, b) == Math.ceilDiv(a, b));
    }
}
