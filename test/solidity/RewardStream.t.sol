// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RewardStream} from "../../contracts/libraries/RewardStream.sol";

/// @notice What a notification may do to a running stream, over the whole range of rewards, times and amounts.
contract RewardStreamTest {
    uint256 private constant _REWARD_LIMIT = 1 << 127;

    function testFuzz_NeverLowersTheRateNorBringsTheEndForward(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration,
        uint8 scale
    ) external pure {
        (reward, remaining, total, duration) = _inRange(reward, remaining, total, duration, scale);
        (uint256 newReward, uint256 newRemaining, ) = RewardStream.afterNotification(
            reward,
            remaining,
            total,
            duration
        );
        if (remaining != 0) assert(newReward >= reward);
        assert(newRemaining >= remaining && newRemaining <= duration);
    }

    function testFuzz_StreamsOrCarriesAllOfItToLessThanAUnit(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration,
        uint8 scale
    ) external pure {
        (reward, remaining, total, duration) = _inRange(reward, remaining, total, duration, scale);
        (uint256 newReward, uint256 newRemaining, uint256 carry) = RewardStream.afterNotification(
            reward,
            remaining,
            total,
            duration
        );
        // In units times `duration`: what streamed and arrived, less what streams and is carried, is in [0, duration).
        uint256 had = reward * remaining + total * duration;
        uint256 has = newReward * newRemaining + carry * duration;
        assert(has <= had);
        assert(had - has < duration);
    }

    function testFuzz_CarriesLessThanASecondOfTheStreamAndOnlyWhatProlongsIt(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration,
        uint8 scale
    ) external pure {
        (reward, remaining, total, duration) = _inRange(reward, remaining, total, duration, scale);
        (uint256 newReward, , uint256 carry) = RewardStream.afterNotification(reward, remaining, total, duration);
        assert(carry == 0 || (newReward == reward && carry * duration < reward));
    }

    function testFuzz_RaisesTheRateOnlyForWhatAPeriodAtTheOldOneWouldNotHold(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration,
        uint8 scale
    ) external pure {
        (reward, remaining, total, duration) = _inRange(reward, remaining, total, duration, scale);
        (uint256 newReward, uint256 newRemaining, ) = RewardStream.afterNotification(
            reward,
            remaining,
            total,
            duration
        );
        uint256 squeezed = (reward * remaining) / duration + total;
        assert(newReward <= (reward > squeezed ? reward : squeezed));
        if (remaining != 0 && newReward > reward) {
            assert(newRemaining == duration);
            assert(reward * remaining + total * duration > reward * duration);
        }
    }

    /// @dev The ratchet: dust, again and again in the last second of a period, buys time at the running rate and no more.
    function testFuzz_DustNeverRatchetsTheRate(uint256 reward, uint256 duration, uint256 seed) external pure {
        duration = _between(duration, 1 hours, 1461 days);
        reward = _between(reward, duration, _REWARD_LIMIT); // a unit a second or more
        (uint256 current, uint256 remaining, uint256 carry) = (reward, 1, 0);
        for (uint256 i; i < 64; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 dust = _between(seed, 1, reward / duration); // a second's worth at most
            (current, remaining, carry) = RewardStream.afterNotification(current, remaining, carry + dust, duration);
            assert(current == reward);
            assert(remaining <= 2); // the last second, and the one more that dust has bought
            remaining = 1; // just before the end again
        }
    }

    /// @dev Rewards of any magnitude; amounts from dust to many times what the stream pays in a period.
    function _inRange(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration,
        uint8 scale
    ) private pure returns (uint256, uint256, uint256, uint256) {
        uint256 most = (uint256(1) << (scale % 126)) + 1;
        duration = _between(duration, 1 hours, 1461 days);
        return (_between(reward, 0, most), _between(remaining, 0, duration), _between(total, 1, most), duration);
    }

    function _between(uint256 value, uint256 least, uint256 most) private pure returns (uint256) {
        return least + (value % (most - least + 1));
    }
}
