// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";

/// @notice What a crowd needs of any flexible pool.
interface ICrowdedPool {
    function stakeFor(address account, uint256 amount) external;
}

/// @title Crowd
/// @notice Stakes for many accounts, and opens many positions, in few transactions; holds the tokens for it.
contract Crowd {
    constructor(IERC20 token, address pool) {
        token.approve(pool, type(uint256).max);
    }

    /// @notice Stakes `amount` for each of `count` accounts, from number `first` on, that nobody holds a key of.
    function stake(ICrowdedPool pool, uint160 first, uint160 count, uint256 amount) external {
        for (uint160 i; i < count; ++i) pool.stakeFor(address((0xC0DE << 32) + first + i), amount);
    }

    /// @notice Opens `count` positions of `amount` for `owner`.
    function open(IFixedTermPool pool, uint256 termId, uint256 amount, address owner, uint256 count) external {
        for (uint256 i; i < count; ++i) pool.open(termId, amount, owner, 0);
    }
}
