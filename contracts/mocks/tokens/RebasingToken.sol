// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title RebasingToken
/// @notice A token that changes an account's balance by itself, without a transfer.
contract RebasingToken is PlainToken {
    constructor() PlainToken("Rebasing", "REBASE", 18) {}

    /// @notice Makes the balance `bps` basis points of what it was.
    function rebase(address account, uint256 bps) external {
        uint256 before = balanceOf(account);
        uint256 balance = (before * bps) / 10_000;
        if (balance > before) _mint(account, balance - before);
        else _burn(account, before - balance);
    }
}
