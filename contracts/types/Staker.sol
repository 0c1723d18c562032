// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One slot of a flexible pool, all that it knows of an account:
/// 96 bits of stake, 160 bits of debt (see `RewardAccrual`).
type Staker is uint256;

using StakerLib for Staker global;

/// @title StakerLib
/// @notice Packs and reads a `Staker`.
library StakerLib {
    /// @notice Packs `amount` base units of stake, below 2^96, and a debt.
    function pack(uint256 amount, uint160 debt_) internal pure returns (Staker) {
        return Staker.wrap((amount << 160) | debt_);
    }

    /// @notice Base units staked.
    function stake(Staker self) internal pure returns (uint256) {
        return Staker.unwrap(self) >> 160;
    }

    /// @notice Reward units that are not the account's, or already paid, times 2^24, modulo 2^160.
    function debt(Staker self) internal pure returns (uint160) {
        return uint160(Staker.unwrap(self));
    }
}
