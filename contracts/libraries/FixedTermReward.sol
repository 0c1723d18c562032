// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title FixedTermReward
/// @notice Simple interest of a fixed term.
/// @dev Rates are yearly, 1e18 is 100 %; a year is 365 days. Everything is rounded down.
library FixedTermReward {
    /// @notice 100 % a year, or one unit of reward for one unit of stake.
    uint256 internal constant ONE = 1e18;

    /// @notice Reward units promised for `principal` stake units over `duration` seconds.
    /// @dev reward = principal × rate × conversion × duration / (1e18 × 1e18 × 365 days), rounded down once.
    /// Bounds: `principal < 2^96`, `rate ≤ 1e18`, `duration < 2^32`, `conversion < 2^128`; the product of the first
    /// three is below 2^188 and the division has 512 bits. Reverts if the result does not fit into 256 bits.
    /// @param conversion Reward units for 1e18 stake units of equal worth.
    function promised(
        uint256 principal,
        uint256 rate,
        uint256 conversion,
        uint256 duration
    ) internal pure returns (uint256) {
        return Math.mulDiv(principal * rate * duration, conversion, ONE * ONE * 365 days);
    }

    /// @notice Part of `reward` that belongs to `amount` of `principal`.
    /// @dev Bounds: `reward < 2^128`, `amount ≤ principal < 2^96`, `principal > 0`.
    function shareOf(uint256 reward, uint256 amount, uint256 principal) internal pure returns (uint256) {
        return (reward * amount) / principal;
    }
}
