// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A token that answers at a second address too, as some upgraded tokens do.
contract DoubleEntryToken is ERC20 {
    SecondEntry public immutable SECOND;

    constructor() ERC20("Double", "DBL") {
        SECOND = new SecondEntry(this);
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function transferBySecond(address from, address to, uint256 amount) external {
        require(msg.sender == address(SECOND), "second entry only");
        _transfer(from, to, amount);
    }
}

/// @notice The second address of a `DoubleEntryToken`.
contract SecondEntry {
    DoubleEntryToken private immutable _FIRST;

    constructor(DoubleEntryToken first) {
        _FIRST = first;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _FIRST.transferBySecond(msg.sender, to, amount);
        return true;
    }

    function balanceOf(address account) external view returns (uint256) {
        return _FIRST.balanceOf(account);
    }
}
