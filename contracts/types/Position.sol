// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RenewOrder} from "./RenewOrder.sol";

/// @notice One slot of a fixed-term pool, everything that a position was promised, and its auto-renew order: 96 bits
/// of principal, 96 bits of reward, 32 bits of maturity, 8 bits of term id, 24 bits of order.
type Position is uint256;

using PositionLib for Position global;

/// @title PositionLib
/// @notice Packs and reads a `Position`.
library PositionLib {
    /// @notice Packs a position.
    /// @param principal_ Base units of the staking token, below 2^96.
    /// @param reward_ Base units of the rewards token, below 2^96.
    /// @param maturity_ Unix time in seconds, below 2^32.
    /// @param termId_ Id of the term, below 2^8.
    function pack(
        uint256 principal_,
        uint256 reward_,
        uint256 maturity_,
        uint256 termId_,
        RenewOrder order_
    ) internal pure returns (Position) {
        return
            Position.wrap(
                (principal_ << 160) |
                    (reward_ << 64) |
                    (maturity_ << 32) |
                    (termId_ << 24) |
                    RenewOrder.unwrap(order_)
            );
    }

    /// @notice Sets or, with `RenewOrderLib.NONE`, clears the auto-renew order.
    function withOrder(Position self, RenewOrder order_) internal pure returns (Position) {
        return Position.wrap((Position.unwrap(self) & ~uint256(type(uint24).max)) | RenewOrder.unwrap(order_));
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
        return uint8(Position.unwrap(self) >> 24);
    }

    /// @notice The auto-renew order, or `RenewOrderLib.NONE`.
    function order(Position self) internal pure returns (RenewOrder) {
        return RenewOrder.wrap(uint24(Position.unwrap(self)));
    }
}
