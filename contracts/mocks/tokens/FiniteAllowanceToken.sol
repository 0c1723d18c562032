// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title FiniteAllowanceToken
/// @notice A token to which no allowance is infinite: the largest shrinks like any other.
contract FiniteAllowanceToken is PlainToken {
    constructor() PlainToken("Finite allowance", "FINITE", 18) {}

    function _spendAllowance(address owner, address spender, uint256 amount) internal override {
        _approve(owner, spender, allowance(owner, spender) - amount);
    }
}
