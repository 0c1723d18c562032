// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Formulas
/// @notice Formulas of the libraries in arithmetic that is checked and has no shifts or casts, which is what the
/// compiler's SMT checker can reason about. `test/solidity/Formulas.t.sol` holds them equal to the libraries.
library Formulas {
    /// @notice What `RewardAccrual.growth` returns.
    function growth(uint256 reward, uint256 elapsed, uint256 duration, uint256 staked) internal pure returns (uint256) {
        return (reward * elapsed * 2 ** 96) / (duration * staked);
    }

    /// @notice What `EarlyWithdrawalPenalty.divide` gives to one destination, and what it takes from the rest.
    function share(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return (amount * bps) / 10_000;
    }
}
