// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Formulas
/// @notice Formulas of the libraries in arithmetic that is checked and has no shifts or casts, which is what the
/// compiler's SMT checker can reason about. `test/solidity/Formulas.t.sol` holds them equal to the libraries.
library Formulas {
    /// @notice What `RewardAccrual.growth` returns; `scale` is 2^digits.
    function growth(
        uint256 reward,
        uint256 elapsed,
        uint256 duration,
        uint256 staked,
        uint256 scale
    ) internal pure returns (uint256) {
        return (reward * elapsed * scale) / (duration * staked);
    }

    /// @notice What `RewardStream.afterNotification` returns.
    function afterNotification(
        uint256 reward,
        uint256 remaining,
        uint256 total,
        uint256 duration
    ) internal pure returns (uint256 newReward, uint256 newRemaining, uint256 carry) {
        if (remaining != 0 && reward != 0) {
            uint256 extra = (total * duration) / reward;
            if (remaining + extra <= duration) {
                return (reward, remaining + extra, total - (reward * extra + duration - 1) / duration);
            }
        }
        return ((reward * remaining) / duration + total, duration, 0);
    }

    /// @notice What `EarlyWithdrawalPenalty.divide` gives to one destination, and what it takes from the rest.
    function share(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return (amount * bps) / 10_000;
    }
}
