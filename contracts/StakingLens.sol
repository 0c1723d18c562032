// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "./interfaces/IFlexiblePool.sol";
import {IPool} from "./interfaces/IPool.sol";
import {IPoolFactory} from "./interfaces/IPoolFactory.sol";
import {IPoolTokens} from "./interfaces/IPoolTokens.sol";
import {IStakingLens} from "./interfaces/IStakingLens.sol";
import {TokenMetadata} from "./libraries/TokenMetadata.sol";
import {PoolKind} from "./types/PoolKind.sol";

/// @title StakingLens
/// @notice Reads pages of pools and positions in one call, for front ends; stateless.
/// @dev Each entry is read in a call of this contract to itself, so that whatever fails inside fails for that entry
/// only.
contract StakingLens is IStakingLens {
    /// @notice Most terms shown with a pool; the rest are read in pages with `terms`.
    uint256 public constant TERM_PAGE = 32;

    /// @notice Most gas for one entry, so that a hostile pool cannot burn a page's; a quarter more than the largest
    /// pool of a factory takes, one of 256 terms over two tokens that burn all they are given.
    uint256 public constant ENTRY_GAS = 6_000_000;

    /* PAGES */

    /// @inheritdoc IStakingLens
    function pools(IPoolFactory factory, uint256 offset, uint256 limit) external view returns (PoolView[] memory page) {
        IPoolFactory.PoolInfo[] memory infos = factory.pools(offset, limit);
        address authority = IAccessManaged(address(factory)).authority();
        page = new PoolView[](infos.length);
        for (uint256 i = 0; i < infos.length; ++i) page[i] = _pool(infos[i], authority);
    }

    /// @inheritdoc IStakingLens
    function pool(IPoolFactory factory, address pool_) external view returns (PoolView memory) {
        return _pool(factory.poolInfo(pool_), IAccessManaged(address(factory)).authority());
    }

    /// @inheritdoc IStakingLens
    function terms(
        IFixedTermPool pool_,
        uint256 cursor,
        uint256 limit,
        bool open
    ) external view returns (TermView[] memory page, uint256 next) {
        uint256 count = pool_.termCount();
        uint256 end = Math.min(Math.saturatingAdd(cursor, limit), count);
        uint256 found;
        page = new TermView[](Math.saturatingSub(end, cursor));
        for (uint256 id = cursor; id < end; ++id) {
            IFixedTermPool.TermState memory state = pool_.term(id);
            if (state.closed != open) page[found++] = TermView(id, state);
        }
        assembly ("memory-safe") {
            mstore(page, found) // found ≤ page.length: shortens the array
        }
        if (end < count) next = end;
    }

    /// @inheritdoc IStakingLens
    function positions(
        IFixedTermPool pool_,
        uint256[] calldata ids
    ) external view returns (PositionView[] memory page) {
        page = new PositionView[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) page[i] = _position(pool_, ids[i]);
    }

    /// @inheritdoc IStakingLens
    function positionsInRange(
        IFixedTermPool pool_,
        uint256 cursor,
        uint256 limit,
        address owner
    ) external view returns (PositionView[] memory page, uint256 next) {
        uint256 last = pool_.positionCount();
        uint256 first = Math.max(cursor, 1); // ids count from 1
        uint256 end = Math.min(Math.saturatingAdd(first, limit), last + 1);
        uint256 found;
        page = new PositionView[](Math.saturatingSub(end, first));
        for (uint256 id = first; id < end; ++id) {
            PositionView memory view_ = _position(pool_, id);
            if (view_.exists && (owner == address(0) || view_.state.owner == owner)) page[found++] = view_;
        }
        assembly ("memory-safe") {
            mstore(page, found) // found ≤ page.length: shortens the array
        }
        next = end <= last ? end : 0;
    }

    /// @inheritdoc IStakingLens
    function stakes(address[] calldata pools_, address account) external view returns (StakeView[] memory page) {
        page = new StakeView[](pools_.length);
        for (uint256 i = 0; i < pools_.length; ++i) {
            try this.readStake{gas: ENTRY_GAS}(pools_[i], account) returns (StakeView memory view_) {
                page[i] = view_;
            } catch {
                _requireGas();
                page[i].failed = true;
            }
            page[i].pool = pools_[i];
        }
    }

    /* ENTRIES: called by the pages above, each by itself */

    /// @notice One pool of a factory under `authority`; reverts if it cannot be read.
    function readPool(
        IPoolFactory.PoolInfo calldata info,
        address authority
    ) external view returns (PoolView memory view_) {
        view_.info = info;
        view_.authority = IAccessManaged(info.pool).authority();
        view_.sameAuthority = view_.authority == authority;
        view_.stakingToken = _token(IPoolTokens(info.pool).stakingToken());
        view_.rewardsToken = _token(IPoolTokens(info.pool).rewardsToken());
        view_.paused = IPool(info.pool).paused();
        if (info.kind == PoolKind.Flexible) {
            view_.flexible = _flexible(IFlexiblePool(info.pool));
        } else {
            view_.fixedTerm = _fixedTerm(IFixedTermPool(info.pool));
        }
    }

    /// @notice One open position; reverts if there is none.
    function readPosition(IFixedTermPool pool_, uint256 positionId) external view returns (PositionView memory view_) {
        view_.positionId = positionId;
        view_.exists = true;
        view_.state = pool_.position(positionId);
        (view_.principalOut, view_.rewardOut, view_.principalPenalty, view_.forfeitedReward) = pool_
            .previewWithdrawEarly(positionId, view_.state.principal);
    }

    /// @notice An account in one flexible pool; reverts if the pool cannot be read.
    function readStake(address pool_, address account) external view returns (StakeView memory view_) {
        address token = IPoolTokens(pool_).stakingToken();
        view_.walletBalance = TokenMetadata.balanceOf(token, account);
        view_.walletAllowance = TokenMetadata.allowance(token, account, pool_);
        view_.staked = IFlexiblePool(pool_).balanceOf(account);
        view_.earned = IFlexiblePool(pool_).earned(account);
    }

    /* INTERNAL */

    function _pool(IPoolFactory.PoolInfo memory info, address authority) private view returns (PoolView memory view_) {
        try this.readPool{gas: ENTRY_GAS}(info, authority) returns (PoolView memory read) {
            return read;
        } catch {
            _requireGas();
            view_.info = info;
            view_.failed = true;
        }
    }

    function _position(IFixedTermPool pool_, uint256 positionId) private view returns (PositionView memory view_) {
        try this.readPosition{gas: ENTRY_GAS}(pool_, positionId) returns (PositionView memory read) {
            return read;
        } catch {
            _requireGas();
            view_.positionId = positionId;
        }
    }

    /// @dev A call keeps back a 64th of the gas: with less than a 63rd of `ENTRY_GAS` left, the entry may not have had
    /// all that it may use, and its failure says nothing.
    function _requireGas() private view {
        require(gasleft() > ENTRY_GAS / 63, LensGasTooLow(gasleft()));
    }

    function _token(address token) private view returns (TokenView memory) {
        (bool known, uint8 decimals) = TokenMetadata.decimals(token);
        return TokenView(token, TokenMetadata.symbol(token), decimals, known);
    }

    function _flexible(IFlexiblePool pool_) private view returns (FlexibleView memory) {
        return
            FlexibleView({
                totalStaked: pool_.totalSupply(),
                cap: pool_.cap(),
                minimumStake: pool_.minimumStake(),
                rewardRate: pool_.rewardRate(),
                periodReward: pool_.getRewardForDuration(),
                rewardsDuration: pool_.rewardsDuration(),
                periodFinish: pool_.periodFinish(),
                rewardsOwed: pool_.rewardsOwed()
            });
    }

    function _fixedTerm(IFixedTermPool pool_) private view returns (FixedTermView memory view_) {
        view_.totalPrincipal = pool_.totalPrincipal();
        view_.availableBudget = pool_.availableBudget();
        view_.reservedRewards = pool_.reservedRewards();
        view_.conversion = pool_.conversion();
        view_.positionCount = pool_.positionCount();
        view_.termCount = pool_.termCount();
        view_.split = pool_.penaltySplit();
        view_.rewardsPool = pool_.rewardsPool();
        (view_.insurance, view_.treasury) = pool_.recipients();
        view_.unsweptPenalties = pool_.unsweptPenalties();
        view_.terms = _firstTerms(pool_, view_.termCount);
    }

    /// @dev Open terms first, then closed ones, `TERM_PAGE` in all; stops at the last open one that is shown.
    function _firstTerms(IFixedTermPool pool_, uint256 count) private view returns (TermView[] memory shown) {
        shown = new TermView[](Math.min(count, TERM_PAGE));
        TermView[] memory closed = new TermView[](shown.length);
        uint256 open;
        uint256 closedCount;
        for (uint256 id = 0; id < count && open < shown.length; ++id) {
            IFixedTermPool.TermState memory state = pool_.term(id);
            if (!state.closed) shown[open++] = TermView(id, state);
            else if (closedCount < closed.length) closed[closedCount++] = TermView(id, state);
        }
        for (uint256 i = 0; open < shown.length; ++i) shown[open++] = closed[i];
    }
}
