// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RewardStream
/// @notice What a notification does to a running reward stream: it never lowers the rate nor brings the end forward.
/// @dev Amounts are base units of the rewards token, below 2^128 each and together; times are seconds, below 2^32. A
/// stream of `reward` flows evenly over `duration`, whatever is left of it.
library RewardStream {
    /// @notice The stream after `total` units join one that streams `reward` a `duration` and has `remaining` seconds
    /// left.
    /// @dev What would lower the rate prolongs the stream at its rate, in whole seconds; a new period begins only
    /// where the prolonged stream would outlast one, and its rate is then at least the running one's. Squeezing
    /// `total` into the seconds left instead would let dust double the rate again and again just before the end.
    ///
    /// extra = total × duration / reward, rounded down. If `remaining + extra ≤ duration`, the stream goes on for
    /// `extra` more seconds, which use `reward × extra / duration` units, rounded up. Otherwise a period of `duration`
    /// starts with `reward × remaining / duration + total`, the product rounded down: at least `reward`, since
    /// `total > reward × (duration − remaining) / duration`.
    /// @param reward Units that the running stream pays in `duration`; 0 before the first notification.
    /// @param remaining Seconds that it still flows, at most `duration`.
    /// @param total Units to add: what arrives and what was carried over, above 0.
    /// @param duration Seconds of a period, above 0.
    /// @return newReward Units that the stream pays in `duration` from now on.
    /// @return newRemaining Seconds that it flows from now on, at least `remaining`, at most `duration`.
    /// @return carry Units of `total` that are left over, less than what the stream pays in a second, rounded up.
    function afterNotification(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration
    ) internal pure returns (uint256 newReward, uint256 newRemaining, uint256 carry) {
        unchecked {
            // Every product is below 2^160 and every sum below 2^161.
            if (remaining != 0 && reward != 0) {
                uint256 extra = (total * duration) / reward;
                newRemaining = remaining + extra;
                if (newRemaining <= duration) {
                    // ≤ total, since extra ≤ total × duration / reward and total is whole
                    return (reward, newRemaining, total - Math.ceilDiv(reward * extra, duration));
                }
            }
            return ((reward * remaining) / duration + total, duration, 0);
        }
    }
}
