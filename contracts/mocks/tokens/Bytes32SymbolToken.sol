// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title Bytes32SymbolToken
/// @notice A token whose name and symbol are bytes32 and not strings, as MKR's are.
contract Bytes32SymbolToken is PlainToken {
    constructor() PlainToken("Bytes", "BYTES", 18) {}

    function name() public pure override returns (string memory) {
        _answer("Bytes");
    }

    function symbol() public pure override returns (string memory) {
        _answer("BYTES");
    }

    function _answer(bytes32 text) private pure {
        assembly ("memory-safe") {
            mstore(0, text)
            return(0, 32)
        }
    }
}
