// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolKind} from "../types/PoolKind.sol";
import {IFixedTermPool} from "./IFixedTermPool.sol";
import {IFlexiblePool} from "./IFlexiblePool.sol";

/// @title IPoolFactory
/// @notice Creates pools at predictable addresses and keeps the list of them.
interface IPoolFactory {
    /// @notice What the factory knows of a pool.
    /// @param pool Its address.
    /// @param kind What it is; `None` for an address that is no pool of this factory.
    /// @param listed Whether governance lists it; all others are unverified.
    /// @param createdAt Unix time of its creation, in seconds.
    /// @param creator Who created it.
    struct PoolInfo {
        address pool;
        PoolKind kind;
        bool listed;
        uint40 createdAt;
        address creator;
    }

    /// @notice A pool was created.
    event PoolCreated(
        address indexed pool,
        PoolKind indexed kind,
        address indexed creator,
        address stakingToken,
        address rewardsToken
    );

    /// @notice Governance lists a pool, or no longer does.
    event ListedSet(address indexed pool, bool listed);

    /// @notice The address is no pool of this factory.
    error FactoryPoolUnknown(address pool);

    /// @notice The creator has created this very pool with this salt before.
    error FactoryPoolExists(address pool);

    /// @notice The pool answers to `authority`, which is not the factory's.
    error FactoryForeignAuthority(address pool, address authority);

    /// @notice A pool cannot be created with so many terms at once: `addTerm` adds the rest.
    error FactoryTooManyTerms(uint256 terms, uint256 maximum);

    /* ANYONE */

    /// @notice Creates a flexible pool; `salt` tells apart the caller's pools of equal configuration.
    /// @dev Errors: `FactoryPoolExists`, and those of the pool's constructor.
    function createFlexiblePool(IFlexiblePool.Config calldata config, bytes32 salt) external returns (address pool);

    /// @notice Creates a fixed-term pool; `salt` tells apart the caller's pools of equal configuration.
    /// @dev Errors: `FactoryTooManyTerms`, `FactoryPoolExists`, and those of the pool's constructor.
    function createFixedTermPool(IFixedTermPool.Config calldata config, bytes32 salt) external returns (address pool);

    /* GOVERNANCE */

    /// @notice Lists a pool, or no longer does; for governance, after its delay. The pool itself does not change.
    /// @dev Only a pool under the factory's own authority is listed; taking one off the list always works. Errors:
    /// `FactoryPoolUnknown`, `FactoryForeignAuthority`.
    function setListed(address pool, bool listed) external;

    /* VIEWS */

    /// @notice Address that `createFlexiblePool` gives to `creator`'s pool.
    function predictFlexiblePool(
        address creator,
        IFlexiblePool.Config calldata config,
        bytes32 salt
    ) external view returns (address);

    /// @notice Address that `createFixedTermPool` gives to `creator`'s pool.
    function predictFixedTermPool(
        address creator,
        IFixedTermPool.Config calldata config,
        bytes32 salt
    ) external view returns (address);

    /// @notice Number of pools.
    function poolCount() external view returns (uint256);

    /// @notice Up to `limit` pools in order of creation, from the `offset`th on; fewer at the end.
    function pools(uint256 offset, uint256 limit) external view returns (PoolInfo[] memory);

    /// @notice What the factory knows of `pool`; all zero if it is none of its.
    function poolInfo(address pool) external view returns (PoolInfo memory);
}
