// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title FeeToken
/// @notice A token that burns a share of every transfer, so that less arrives than was sent.
contract FeeToken is PlainToken {
    uint256 private immutable _FEE_BPS;

    constructor(uint256 feeBps) PlainToken("Fee", "FEE", 18) {
        _FEE_BPS = feeBps;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : (amount * _FEE_BPS) / 10_000;
        super._update(from, to, amount - fee);
        if (fee != 0) super._update(from, address(0), fee);
    }
}
