// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title ReturnBombToken
/// @notice A token whose transfers succeed and return 100 kB, for whose copying a careless caller pays.
contract ReturnBombToken is PlainToken {
    constructor() PlainToken("Return bomb", "BOMB", 18) {}

    function transfer(address to, uint256 amount) public override returns (bool) {
        super.transfer(to, amount);
        _explode();
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount);
        _explode();
    }

    function _explode() private pure {
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, 1)
            return(start, 100000)
        }
    }
}
