// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice One slot of a fixed-term pool, everything that a position was promised: 96 bits of principal, 96 bits of
/// reward, 32 bits of maturity, 16 bits of term id, and a flag for a standing order to renew.
type Position is uint256;

using PositionLib for Position global;

/// @title PositionLib
/// @notice Packs and reads a `Position`.
library PositionLib {
    uint256 private constant _AUTO_RENEW = 1;

    /// @notice Packs a position without a standing order.
    /// @param principal_ Base units of the staking token, below 2^96.
    /// @param reward_ Base units of the rewards token, below 2^96.
    /// @param maturity_ Unix time in seconds, below 2^32.
    /// @param termId_ Id of the term, below 2^16.
    function pack(
        uint256 principal_,
        uint256 reward_,
        uint256 maturity_,
        uint256 termId_
    ) internal pure returns (Position) {
        return Position.wrap((principal_ << 160) | (reward_ << 64) | (maturity_ << 32) | (termId_ << 16));
    }

    /// @notice Sets or clears the flag of a standing order.
    function withAutoRenew(Position self, bool autoRenew_) internal pure returns (Position) {
        uint256 cleared = Position.unwrap(self) & ~_AUTO_RENEW;
        return Position.wrap(autoRenew_ ? cleared | _AUTO_RENEW : cleared);
    }

    /// @notice Base units of the staking token.
    function principal(Position self) internal pure returns (uint256) {
        return Position.unwrap(self) >> 160;
    }

    /// @notice Base units of the rewards token, paid at maturity.
    function reward(Position self) internal pure returns (uint256) {
        return uint96(Position.unwrap(self) >> 64);
    }

    /// @notice Unix time of maturity, in seconds.
    function maturity(Position self) internal pure returns (uint256) {
        return uint32(Position.unwrap(self) >> 32);
    }

    /// @notice Id of the term.
    function termId(Position self) internal pure returns (uint256) {
        return uint16(Position.unwrap(self) >> 16);
    }

    /// @notice Whether a standing order to renew is in force.
    function autoRenew(Position self) internal pure returns (bool) {
        return Position.unwrap(self) & _AUTO_RENEW != 0;
    }
}
