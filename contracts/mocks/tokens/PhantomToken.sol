// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title PhantomToken
/// @notice A token that accepts every call that it does not know, permits and burns included, and does nothing, as
/// wrapped ether does.
contract PhantomToken is ERC20 {
    constructor() ERC20("Phantom", "PHANTOM") {}

    fallback() external payable {}

    receive() external payable {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
