// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a pool is, for those who pay it, list it or read it.
enum PoolKind {
    None,
    Flexible,
    FixedTerm
}
