// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title BoundedRead
/// @notice Asks a contract that may be hostile, bounded in gas and in what is copied of its answer.
library BoundedRead {
    /// @notice Gas for an answer of a word: enough for a few storage slots.
    uint256 internal constant WORD_GAS = 50_000;

    /// @notice Most bytes copied of what comes back.
    uint256 internal constant RETURN_SIZE = 128;

    /// @notice What `target` answers to `payload` with at most `gas_` gas.
    /// @dev Assembly, since a call in Solidity copies all that comes back, at the caller's cost.
    /// @return success Whether it answered; an address without code answers nothing, in 0 bytes.
    /// @return size Bytes that came back, whatever was copied of them.
    /// @return data The first `RETURN_SIZE` of them, followed by zeros.
    function bytes128(
        address target,
        bytes memory payload,
        uint256 gas_
    ) internal view returns (bool success, uint256 size, bytes memory data) {
        data = new bytes(RETURN_SIZE);
        assembly ("memory-safe") {
            success := staticcall(gas_, target, add(payload, 32), mload(payload), add(data, 32), RETURN_SIZE)
            size := returndatasize()
        }
    }

    /// @notice The first word of what `target` answers to `payload` with at most `WORD_GAS` gas.
    /// @return known Whether it answered with a word at least; else `value` is 0 and says nothing.
    function word(address target, bytes memory payload) internal view returns (bool known, uint256 value) {
        (bool success, uint256 size, bytes memory data) = bytes128(target, payload, WORD_GAS);
        known = success && size >= 32;
        if (known) value = uint256(bytes32(data));
    }
}
