// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title FeeToken
/// @notice A token that burns a share of every transfer, so that less arrives than was sent.
contract FeeToken is PlainToken {
    uint256 public feeBps;

    constructor(uint256 feeBps_) PlainToken("Fee", "FEE", 18) {
        feeBps = feeBps_;
    }

    /// @notice Changes the share, as issuers can who charge nothing at first.
    function setFee(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : (amount * feeBps) / 10_000;
        super._update(from, to, amount - fee);
        if (fee != 0) super._update(from, address(0), fee);
    }
}
