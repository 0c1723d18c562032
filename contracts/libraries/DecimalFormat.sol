// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title DecimalFormat
/// @notice Writes amounts of base units as decimal numbers that a person reads.
library DecimalFormat {
    /// @dev Digits shown after the point, at most.
    uint256 private constant _FRACTION = 6;

    /// @dev From here on a whole number is written with an exponent, so that it fits its place.
    uint256 private constant _LONG = 1e13;

    /// @dev From here on the digits after the point are left out.
    uint256 private constant _WHOLE = 1e6;

    /// @notice Writes `amount` base units of a token with `decimals` digits after the point: thousands set apart by
    /// commas, at most six digits after the point and none from a million on, cut off downward or, if `up`, upward, so
    /// that what one gets is never shown too large nor what one pays too small.
    function format(uint256 amount, uint8 decimals, bool up) internal pure returns (string memory) {
        if (amount == 0) return "0";
        // Beyond 77 digits not even 2^256 − 1 reaches the sixth digit after the point.
        if (decimals > 77 + _FRACTION) return up ? "0.000001" : "<0.000001";

        (uint256 whole, uint256 millionths) = _split(amount, decimals, up);
        if (whole == 0 && millionths == 0) return "<0.000001";
        if (whole >= _WHOLE) {
            if (up && millionths != 0) ++whole;
            millionths = 0;
        }
        if (whole >= _LONG) return _exponent(whole, up);
        return string.concat(_grouped(whole), _fraction(millionths));
    }

    /// @notice Writes a share of `one` as percent with at most two digits after the point, cut off downward.
    function percent(uint256 share, uint256 one) internal pure returns (string memory) {
        uint256 hundredths = (share * 10_000) / one;
        return string.concat(Strings.toString(hundredths / 100), _fraction((hundredths % 100) * 10_000), "%");
    }

    function _split(uint256 amount, uint8 decimals, bool up) private pure returns (uint256 whole, uint256 millionths) {
        uint256 rest;
        if (decimals <= _FRACTION) {
            uint256 one = 10 ** decimals;
            (whole, millionths) = (amount / one, (amount % one) * 10 ** (_FRACTION - decimals));
        } else {
            uint256 millionth = 10 ** (decimals - _FRACTION);
            (whole, millionths, rest) = (amount / millionth / 1e6, (amount / millionth) % 1e6, amount % millionth);
        }
        if (!up || rest == 0) return (whole, millionths);
        return millionths == 999_999 ? (whole + 1, 0) : (whole, millionths + 1);
    }

    function _grouped(uint256 value) private pure returns (string memory) {
        if (value < 1_000) return Strings.toString(value);
        return string.concat(_grouped(value / 1_000), ",", _padded(value % 1_000, 3));
    }

    /// @dev The point and up to six digits, without zeros at the end.
    function _fraction(uint256 millionths) private pure returns (string memory) {
        if (millionths == 0) return "";
        uint256 digits = _FRACTION;
        while (millionths % 10 == 0) (millionths, digits) = (millionths / 10, digits - 1);
        return string.concat(".", _padded(millionths, digits));
    }

    /// @dev Four digits and an exponent of ten.
    function _exponent(uint256 value, bool up) private pure returns (string memory) {
        uint256 exponent;
        bool cut;
        while (value >= 10_000) {
            cut = cut || value % 10 != 0;
            (value, exponent) = (value / 10, exponent + 1);
        }
        if (up && cut) ++value;
        return
            string.concat(
                Strings.toString(value / 1_000),
                _fraction((value % 1_000) * 1_000),
                "e",
                Strings.toString(exponent + 3)
            );
    }

    function _padded(uint256 value, uint256 digits) private pure returns (string memory text) {
        text = Strings.toString(value);
        while (bytes(text).length < digits) text = string.concat("0", text);
    }
}
