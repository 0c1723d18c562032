// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title BlocklistToken
/// @notice A token whose issuer blocks accounts: nothing moves from or to them.
contract BlocklistToken is PlainToken {
    mapping(address account => bool) public isBlocked;

    error AccountBlocked(address account);

    constructor() PlainToken("Blocklist", "BLOCK", 18) {}

    function setBlocked(address account, bool blocked) external {
        isBlocked[account] = blocked;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!isBlocked[from], AccountBlocked(from));
        require(!isBlocked[to], AccountBlocked(to));
        super._update(from, to, amount);
    }
}
