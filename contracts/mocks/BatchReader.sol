// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title BatchReader
/// @notice Makes many calls in one, so that a test can compare a hundred views after every step.
contract BatchReader {
    /// @notice Takes calls, each as 20 bytes of target, 4 of length and the calldata, one after the other; returns
    /// what they return in the same way, without any lengths.
    /// @dev In assembly, since a test makes millions of such calls. A call that fails reverts with its own error.
    fallback() external {
        assembly ("memory-safe") {
            let input := mload(0x40)
            let output := add(input, 0x200)
            let end := output
            for {
                let place := 0
            } lt(place, calldatasize()) {} {
                let header := calldataload(place)
                let size := and(shr(64, header), 0xffffffff)
                calldatacopy(input, add(place, 24), size)
                place := add(place, add(24, size))
                let ok := staticcall(gas(), shr(96, header), input, size, 0, 0)
                returndatacopy(end, 0, returndatasize())
                if iszero(ok) {
                    revert(end, returndatasize())
                }
                end := add(end, returndatasize())
            }
            return(output, sub(end, output))
        }
    }
}
