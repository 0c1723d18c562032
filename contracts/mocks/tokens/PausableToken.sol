// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title PausableToken
/// @notice A token whose issuer stops all transfers.
contract PausableToken is PlainToken {
    bool public isPaused;

    error TokenPaused();

    constructor() PlainToken("Pausable", "PAUSE", 18) {}

    function setPaused(bool paused) external {
        isPaused = paused;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!isPaused, TokenPaused());
        super._update(from, to, amount);
    }
}
