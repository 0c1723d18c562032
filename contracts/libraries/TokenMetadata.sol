// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title TokenMetadata
/// @notice Reads what a token says of itself, bounded in gas and size whatever the token does.
/// @dev A token may revert, burn its gas, return a bytes32, ten kilobytes or markup, or be gone. Each call gets at most
/// `CALL_GAS`, and of what it returns at most four words are copied.
library TokenMetadata {
    /// @notice Most gas given to one call.
    uint256 internal constant CALL_GAS = 50_000;

    /// @notice Longest symbol returned, in bytes.
    uint256 internal constant SYMBOL_LENGTH = 32;

    uint256 private constant _RETURN_SIZE = 128;

    /// @notice The token's symbol, at most 32 characters of printable ASCII, anything else in it shown as `?`; empty if
    /// there is none to be had.
    function symbol(address token) internal view returns (string memory) {
        (bool success, uint256 size, bytes memory data) = _read(token, abi.encodeWithSignature("symbol()"));
        if (!success || size < 32) return "";
        if (size < 64) return _printable(data, 0, _lengthUntilZero(data));

        (uint256 offset, uint256 length) = (_word(data, 0), _word(data, 32));
        if (offset != 32) return "";
        uint256 held = (size < _RETURN_SIZE ? size : _RETURN_SIZE) - 64;
        if (length > held) length = held;
        return _printable(data, 64, length > SYMBOL_LENGTH ? SYMBOL_LENGTH : length);
    }

    /// @notice The token's decimals; 0 if it does not say, or says more than 255.
    function decimals(address token) internal view returns (uint8) {
        (bool success, uint256 size, bytes memory data) = _read(token, abi.encodeWithSignature("decimals()"));
        if (!success || size < 32) return 0;
        uint256 value = _word(data, 0);
        return value > type(uint8).max ? 0 : uint8(value); // checked
    }

    /// @notice Balance of `account`; 0 if the token does not say.
    function balanceOf(address token, address account) internal view returns (uint256) {
        return _readWord(token, abi.encodeWithSignature("balanceOf(address)", account));
    }

    /// @notice Allowance of `spender` over `account`'s tokens; 0 if the token does not say.
    function allowance(address token, address account, address spender) internal view returns (uint256) {
        return _readWord(token, abi.encodeWithSignature("allowance(address,address)", account, spender));
    }

    function _readWord(address token, bytes memory payload) private view returns (uint256) {
        (bool success, uint256 size, bytes memory data) = _read(token, payload);
        return success && size >= 32 ? _word(data, 0) : 0;
    }

    /// @dev Assembly, since a call in Solidity copies all that comes back, at the caller's cost.
    function _read(
        address token,
        bytes memory payload
    ) private view returns (bool success, uint256 size, bytes memory data) {
        data = new bytes(_RETURN_SIZE);
        assembly ("memory-safe") {
            success := staticcall(CALL_GAS, token, add(payload, 32), mload(payload), add(data, 32), _RETURN_SIZE)
            size := returndatasize()
        }
    }

    function _word(bytes memory data, uint256 offset) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := mload(add(add(data, 32), offset)) // offset + 32 ≤ _RETURN_SIZE
        }
    }

    function _lengthUntilZero(bytes memory data) private pure returns (uint256 length) {
        while (length < 32 && data[length] != 0) ++length;
    }

    function _printable(bytes memory data, uint256 offset, uint256 length) private pure returns (string memory) {
        bytes memory text = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            bytes1 char = data[offset + i];
            text[i] = char >= 0x20 && char <= 0x7e ? char : bytes1("?");
        }
        return string(text);
    }
}
