// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An auto-renew order, as a position's slot keeps it: 8 bits of term id, 15 bits of window in hours, and a
/// flag for an order that repeats. Without a window there is no order.
type RenewOrder is uint24;

using RenewOrderLib for RenewOrder global;

/// @title RenewOrderLib
/// @notice Packs and reads a `RenewOrder`.
library RenewOrderLib {
    /// @notice No order.
    RenewOrder internal constant NONE = RenewOrder.wrap(0);

    /// @notice The unit that windows are kept in, in seconds.
    uint256 internal constant WINDOW_UNIT = 1 hours;

    /// @notice Packs an order.
    /// @param termId_ Id of the term to renew in, below 2^8.
    /// @param window_ Seconds after maturity in which anyone may renew: whole hours, below 2^15 of them.
    /// @param repeats_ Whether the new position carries the order on.
    function pack(uint256 termId_, uint256 window_, bool repeats_) internal pure returns (RenewOrder) {
        uint256 packed = (termId_ << 16) | ((window_ / WINDOW_UNIT) << 1);
        return RenewOrder.wrap(uint24(repeats_ ? packed | 1 : packed)); // three fields within their bounds
    }

    /// @notice Whether there is an order.
    function isSet(RenewOrder self) internal pure returns (bool) {
        return RenewOrder.unwrap(self) != 0;
    }

    /// @notice Id of the term to renew in.
    function termId(RenewOrder self) internal pure returns (uint256) {
        return RenewOrder.unwrap(self) >> 16;
    }

    /// @notice Seconds after maturity in which anyone may renew; 0 if there is no order.
    function window(RenewOrder self) internal pure returns (uint256) {
        return (uint256(uint16(RenewOrder.unwrap(self))) >> 1) * WINDOW_UNIT;
    }

    /// @notice Whether the new position carries the order on.
    function repeats(RenewOrder self) internal pure returns (bool) {
        return RenewOrder.unwrap(self) & 1 != 0;
    }
}
