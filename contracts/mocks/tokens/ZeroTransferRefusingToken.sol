// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title ZeroTransferRefusingToken
/// @notice A token that refuses to transfer nothing.
contract ZeroTransferRefusingToken is PlainToken {
    error ZeroTransfer();

    constructor() PlainToken("Zero transfer", "NOZERO", 18) {}

    function _update(address from, address to, uint256 amount) internal override {
        require(amount != 0, ZeroTransfer());
        super._update(from, to, amount);
    }
}
