// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title BonusToken
/// @notice A token that adds a fixed bonus to every transfer, so that more arrives than was sent.
contract BonusToken is PlainToken {
    uint256 private immutable _BONUS;

    constructor(uint256 bonus) PlainToken("Bonus", "BONUS", 18) {
        _BONUS = bonus;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (from != address(0) && to != address(0)) super._update(address(0), to, _BONUS);
    }
}
