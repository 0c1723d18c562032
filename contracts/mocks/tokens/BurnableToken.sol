// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title BurnableToken
/// @notice A token whose `burn` does what it says, or one of the things that it should not.
contract BurnableToken is PlainToken {
    enum Burning {
        Works,
        Reverts,
        DoesNothing,
        TakesHalf,
        TakesTwice
    }

    Burning private immutable _BURNING;

    error BurnRefused();

    constructor(Burning burning) PlainToken("Burnable", "BURN", 18) {
        _BURNING = burning;
    }

    function burn(uint256 amount) external {
        require(_BURNING != Burning.Reverts, BurnRefused());
        if (_BURNING == Burning.DoesNothing) return;
        if (_BURNING == Burning.TakesHalf) amount /= 2;
        if (_BURNING == Burning.TakesTwice) amount *= 2;
        _burn(msg.sender, amount);
    }
}
