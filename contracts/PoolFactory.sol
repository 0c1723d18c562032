// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {FixedTermPoolDeployer} from "./FixedTermPoolDeployer.sol";
import {FlexiblePoolDeployer} from "./FlexiblePoolDeployer.sol";
import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "./interfaces/IFlexiblePool.sol";
import {IPoolFactory} from "./interfaces/IPoolFactory.sol";
import {PoolKind} from "./types/PoolKind.sol";

/// @title PoolFactory
/// @notice Creates pools at predictable addresses and keeps the list of them.
/// @dev A pool's address follows from its kind's deployer, this factory, the creator, the creator's salt and the whole
/// configuration: nobody else can take it. Pools are full contracts and know nothing of the factory.
contract PoolFactory is IPoolFactory, AccessManaged {
    /// @notice Most terms that a pool is created with: with them its creation fits into a transaction's gas and the
    /// init code's limit.
    uint256 public constant MAX_FIRST_TERMS = 64;

    FlexiblePoolDeployer private immutable _FLEXIBLE_DEPLOYER;
    FixedTermPoolDeployer private immutable _FIXED_TERM_DEPLOYER;

    address[] private _pools;
    mapping(address pool => PoolInfo) private _infos;

    constructor(
        address authority_,
        FlexiblePoolDeployer flexibleDeployer,
        FixedTermPoolDeployer fixedTermDeployer
    ) AccessManaged(authority_) {
        _FLEXIBLE_DEPLOYER = flexibleDeployer;
        _FIXED_TERM_DEPLOYER = fixedTermDeployer;
    }

    /* ANYONE */

    /// @inheritdoc IPoolFactory
    function createFlexiblePool(IFlexiblePool.Config calldata config, bytes32 salt) external returns (address pool) {
        _requireNew(predictFlexiblePool(msg.sender, config, salt));
        pool = _FLEXIBLE_DEPLOYER.deploy(config, msg.sender, salt);
        _register(pool, PoolKind.Flexible, config.stakingToken, config.rewardsToken);
    }

    /// @inheritdoc IPoolFactory
    function createFixedTermPool(IFixedTermPool.Config calldata config, bytes32 salt) external returns (address pool) {
        require(config.terms.length <= MAX_FIRST_TERMS, FactoryTooManyTerms(config.terms.length, MAX_FIRST_TERMS));
        _requireNew(predictFixedTermPool(msg.sender, config, salt));
        pool = _FIXED_TERM_DEPLOYER.deploy(config, msg.sender, salt);
        _register(pool, PoolKind.FixedTerm, config.stakingToken, config.rewardsToken);
    }

    /* GOVERNANCE */

    /// @inheritdoc IPoolFactory
    function setListed(address pool, bool listed) external restricted {
        require(_infos[pool].kind != PoolKind.None, FactoryPoolUnknown(pool));
        if (listed) {
            address poolAuthority = IAccessManaged(pool).authority();
            require(poolAuthority == authority(), FactoryForeignAuthority(pool, poolAuthority));
        }
        _infos[pool].listed = listed;
        emit ListedSet(pool, listed);
    }

    /* VIEWS */

    /// @inheritdoc IPoolFactory
    function predictFlexiblePool(
        address creator,
        IFlexiblePool.Config calldata config,
        bytes32 salt
    ) public view returns (address) {
        return _predict(address(_FLEXIBLE_DEPLOYER), creator, salt, _FLEXIBLE_DEPLOYER.initCodeHash(config));
    }

    /// @inheritdoc IPoolFactory
    function predictFixedTermPool(
        address creator,
        IFixedTermPool.Config calldata config,
        bytes32 salt
    ) public view returns (address) {
        return _predict(address(_FIXED_TERM_DEPLOYER), creator, salt, _FIXED_TERM_DEPLOYER.initCodeHash(config));
    }

    /// @inheritdoc IPoolFactory
    function poolCount() external view returns (uint256) {
        return _pools.length;
    }

    /// @inheritdoc IPoolFactory
    function pools(uint256 offset, uint256 limit) external view returns (PoolInfo[] memory page) {
        uint256 count = Math.min(limit, Math.saturatingSub(_pools.length, offset));
        page = new PoolInfo[](count);
        for (uint256 i = 0; i < count; ++i) page[i] = _infos[_pools[offset + i]];
    }

    /// @inheritdoc IPoolFactory
    function poolInfo(address pool) external view returns (PoolInfo memory) {
        return _infos[pool];
    }

    /* INTERNAL */

    function _register(address pool, PoolKind kind, address stakingToken, address rewardsToken) private {
        _pools.push(pool);
        _infos[pool] = PoolInfo({
            pool: pool,
            kind: kind,
            listed: false,
            createdAt: uint40(block.timestamp), // for 34,000 years
            creator: msg.sender
        });
        emit PoolCreated(pool, kind, msg.sender, stakingToken, rewardsToken);
    }

    function _requireNew(address pool) private view {
        require(_infos[pool].kind == PoolKind.None, FactoryPoolExists(pool));
    }

    /// @dev The deployers hash their caller, which is this factory, together with the creator and its salt.
    function _predict(
        address deployer,
        address creator,
        bytes32 salt,
        bytes32 initCodeHash
    ) private view returns (address) {
        bytes32 deployerSalt = keccak256(abi.encode(address(this), creator, salt));
        return Create2.computeAddress(deployerSalt, initCodeHash, deployer);
    }
}
