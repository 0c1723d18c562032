// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BoundedRead} from "./BoundedRead.sol";
import {Utf8} from "./Utf8.sol";

/// @title TokenMetadata
/// @notice Reads what a token says of itself, bounded in gas and size whatever the token does.
/// @dev A token may revert, burn its gas, return a bytes32, ten kilobytes or markup, or be gone.
library TokenMetadata {
    /// @notice Longest symbol returned, in bytes.
    uint256 internal constant SYMBOL_LENGTH = 32;

    /// @notice Gas for a symbol: enough for one of 4,096 bytes, which a token reads slot by slot.
    uint256 internal constant SYMBOL_GAS = 350_000;

    /// @notice The token's symbol: valid UTF-8 of at most 32 bytes, cut between characters, in which `?` stands for
    /// what is no text or cannot be seen; empty if there is none to be had.
    function symbol(address token) internal view returns (string memory) {
        (bool success, uint256 size, bytes memory data) = BoundedRead.bytes128(
            token,
            abi.encodeWithSignature("symbol()"),
            SYMBOL_GAS
        );
        if (!success || size < 32) return "";
        if (size < 64) return Utf8.clean(data, 0, _lengthUntilZero(data), SYMBOL_LENGTH);

        (uint256 offset, uint256 length) = abi.decode(data, (uint256, uint256));
        if (offset != 32) return "";
        uint256 held = (size < BoundedRead.RETURN_SIZE ? size : BoundedRead.RETURN_SIZE) - 64;
        return Utf8.clean(data, 64, length < held ? length : held, SYMBOL_LENGTH);
    }

    /// @notice The token's decimals.
    /// @return known Whether it says so, and at most 255; else `value` is 0 and says nothing.
    function decimals(address token) internal view returns (bool known, uint8 value) {
        (bool answered, uint256 word) = BoundedRead.word(token, abi.encodeWithSignature("decimals()"));
        if (answered && word <= type(uint8).max) return (true, uint8(word)); // checked
    }

    /// @notice Balance of `account`; 0 if the token does not say.
    function balanceOf(address token, address account) internal view returns (uint256 balance) {
        (, balance) = BoundedRead.word(token, abi.encodeWithSignature("balanceOf(address)", account));
    }

    /// @notice Allowance of `spender` over `account`'s tokens; 0 if the token does not say.
    function allowance(address token, address account, address spender) internal view returns (uint256 amount) {
        (, amount) = BoundedRead.word(token, abi.encodeWithSignature("allowance(address,address)", account, spender));
    }

    function _lengthUntilZero(bytes memory data) private pure returns (uint256 length) {
        while (length < 32 && data[length] != 0) ++length;
    }
}
