// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../../../contracts/interfaces/IFixedTermPool.sol";
import {IPool} from "../../../contracts/interfaces/IPool.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {EarlyWithdrawalPenalty} from "../../../contracts/libraries/EarlyWithdrawalPenalty.sol";
import {Artifact} from "../helpers/Artifact.sol";

interface Clock {
    function warp(uint256 timestamp) external;
}

/// @notice Random histories of whole pools at every scale of principal, and at both ends of the ranges of conversion,
/// rate, duration and penalty: each exit pays what the published formulas say, and every count ends at zero.
contract FixedTermPoolHistoriesTest {
    /// @dev What a position was promised.
    struct Promise {
        uint256 id;
        uint256 principal;
        uint256 reward;
        uint256 termId;
        uint256 openedAt;
    }

    Clock private constant _CLOCK = Clock(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant _STEPS = 32;
    uint256 private constant _POOLS = 4;
    uint256 private constant _BUDGET = (1 << 112) - 1 - (1 << 104);
    uint256 private constant _BPS = 10_000;

    PlainToken private _staking;
    IFixedTermPool[_POOLS] private _pools;
    IFixedTermPool.Term[] private _terms;

    IFixedTermPool private _pool;
    Promise[] private _open;
    uint256 private _rewardsPaid;
    uint256 private _penalties;
    uint256 private _now = 1_800_000_000; // the optimizer may read the block's own time once and keep it

    function setUp() external {
        _staking = _token("STAKE");
        PlainToken rewards = _token("REWARD");
        _addTerm(1 days, 1, 2_500, 0, 10_000);
        _addTerm(1 days, 1e18, 1, 1, 0);
        _addTerm(1461 days, 1, 2_500, 2_500, 9_999);
        _addTerm(1461 days, 1e18, 0, 0, 10_000);
        _addTerm(30 days + 1, 0.123456789e18, 1_234, 567, 3_333);
        _pools[0] = _deploy(_staking, 1e18);
        _pools[1] = _deploy(rewards, 1);
        _pools[2] = _deploy(rewards, 1e36);
        _pools[3] = _deploy(rewards, type(uint128).max);
    }

    function testFuzz_EveryHistoryPaysByTheFormulasAndEverybodyLeaves(
        uint256 seed,
        uint256 pool,
        uint256 scale
    ) external {
        _pass(0);
        _pool = _pools[pool % _POOLS];
        scale = 1 + (scale % 96);
        for (uint256 step; step < _STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            if ((seed >> 200) % 3 == 0) _pass((seed >> 208) % ((seed >> 240) % 4 == 0 ? 800 days : 20 hours));
            _act(seed % 8, (seed >> 8) % _terms.length, seed >> 16, scale);
            _check();
        }
        while (_open.length != 0) _leave(_open.length - 1, _open[_open.length - 1].principal);
        _pool.sweepPenalties();
        _check();
        assert(_pool.totalPrincipal() == 0 && _pool.reservedRewards() == 0);
        for (uint256 termId; termId < _terms.length; ++termId) {
            IFixedTermPool.TermState memory state = _pool.term(termId);
            assert(state.openPrincipal == 0 && state.reservedReward == 0);
        }
    }

    function _act(uint256 action, uint256 termId, uint256 random, uint256 scale) private {
        if (action < 3) return _openPosition(termId, 1 + (random % ((1 << scale) - 1)));
        if (action == 3) return _pool.sweepPenalties();
        if (_open.length == 0) return;
        uint256 place = random % _open.length;
        Promise memory promised = _open[place];
        if (action == 4 && _isMature(promised)) return _withdraw(place);
        if (action == 5 && _isMature(promised)) return _renew(place, termId);
        _leave(place, random % 3 == 0 ? promised.principal : 1 + ((random >> 8) % promised.principal));
    }

    /// @dev What leaves a range is refused for that reason and no other.
    function _openPosition(uint256 termId, uint256 amount) private {
        (uint256 reward, ) = _pool.previewOpen(termId, amount);
        try _pool.open(termId, amount, address(this), reward) returns (uint256 id) {
            _open.push(Promise(id, amount, reward, termId, _now));
        } catch (bytes memory reason) {
            _requireRefusal(bytes4(reason));
        }
    }

    function _withdraw(uint256 place) private {
        Promise memory promised = _take(place);
        (uint256 principal, uint256 reward) = _pool.withdraw(promised.id, address(this));
        assert(principal == promised.principal && reward == promised.reward);
        _rewardsPaid += reward;
    }

    /// @dev Both tokens the same and no room for the reward as well: the principal is renewed and the reward owed.
    function _renew(uint256 place, uint256 termId) private {
        Promise memory promised = _open[place];
        uint256 principal = promised.principal;
        bool owes = _isSameToken() && !_fits(promised, termId);
        if (_isSameToken() && !owes) principal += promised.reward;
        (uint256 reward, ) = _pool.previewOpen(termId, principal);
        try _pool.renew(promised.id, termId, reward) returns (uint256 id) {
            _take(place);
            _open.push(Promise(id, principal, reward, termId, _now));
            if (owes) assert(_pool.claimOwed(address(this)) == promised.reward);
            _rewardsPaid += promised.reward;
        } catch (bytes memory reason) {
            _requireRefusal(bytes4(reason));
        }
    }

    /// @dev Whether principal and reward fit below the term's caps once the position is closed.
    function _fits(Promise memory promised, uint256 termId) private view returns (bool) {
        IFixedTermPool.TermState memory state = _pool.term(termId);
        uint256 principal = promised.principal + promised.reward;
        if (principal > type(uint96).max) return false;
        (uint256 reward, ) = _pool.previewOpen(termId, principal);
        bool own = promised.termId == termId;
        uint256 openPrincipal = state.openPrincipal - (own ? promised.principal : 0);
        uint256 reserved = state.reservedReward - (own ? promised.reward : 0);
        return openPrincipal + principal <= type(uint96).max && reserved + reward <= type(uint96).max;
    }

    function _leave(uint256 place, uint256 amount) private {
        Promise memory promised = _take(place);
        (uint256 penalty, uint256 reward) = _exitOf(promised, amount);
        (uint256 principalGot, uint256 rewardGot) = _pool.withdrawEarly(promised.id, amount, address(this), 0, 0);
        assert(principalGot == amount - penalty && rewardGot == reward);
        _rewardsPaid += reward;
        _penalties += penalty;
        if (amount == promised.principal) return;
        promised.reward = (promised.reward * (promised.principal - amount)) / promised.principal;
        promised.principal -= amount;
        promised.id = _pool.positionCount();
        _open.push(promised);
    }

    /// @dev By the formulas of docs/ARCHITECTURE.md.
    function _exitOf(Promise memory promised, uint256 a) private view returns (uint256 penalty, uint256 rewardOut) {
        IFixedTermPool.Term memory term = _terms[promised.termId];
        uint256 n = term.duration;
        uint256 t = _isMature(promised) ? n : _now - promised.openedAt;
        uint256 kept = _BPS;
        if (t < n) {
            kept -= term.penalty.forfeitedBps;
            penalty = a * (term.penalty.startBps * (n - t) + term.penalty.endBps * t);
            penalty = (penalty + _BPS * n - 1) / (_BPS * n);
        }
        rewardOut = (promised.reward * a * t * kept) / (promised.principal * n * _BPS);
    }

    /// @dev Everything that came in is somewhere, to the unit, and each count is the sum of its parts.
    function _check() private view {
        uint256 principal;
        uint256 reward;
        for (uint256 i; i < _open.length; ++i) {
            IFixedTermPool.PositionState memory state = _pool.position(_open[i].id);
            assert(state.principal == _open[i].principal && state.reward == _open[i].reward);
            assert(state.openedAt == _open[i].openedAt && state.termId == _open[i].termId);
            principal += state.principal;
            reward += state.reward;
        }
        assert(_pool.totalPrincipal() == principal && _pool.reservedRewards() == reward);

        EarlyWithdrawalPenalty.Shares memory waiting = _pool.unsweptPenalties();
        uint256 unswept = uint256(waiting.rewards) + waiting.insurance + waiting.treasury + waiting.burned;
        assert(unswept <= _penalties);
        // Only the rewards share of penalties raises what the budget, the promises and the payments add up to.
        uint256 promisedAndPaid = _pool.availableBudget() + reward + _rewardsPaid;
        assert(promisedAndPaid >= _BUDGET && promisedAndPaid <= _BUDGET + (_isSameToken() ? _penalties : 0));

        uint256 stakingOwed = principal + unswept;
        uint256 rewardsOwed = _pool.availableBudget() + reward;
        if (_isSameToken()) {
            assert(_staking.balanceOf(address(_pool)) == stakingOwed + rewardsOwed);
        } else {
            assert(_staking.balanceOf(address(_pool)) == stakingOwed);
            assert(PlainToken(_pool.rewardsToken()).balanceOf(address(_pool)) == rewardsOwed);
        }
    }

    function _requireRefusal(bytes4 reason) private pure {
        assert(
            reason == IPool.PoolCapExceeded.selector ||
                reason == IFixedTermPool.PoolRewardCapExceeded.selector ||
                reason == IFixedTermPool.PoolRewardBelowMinimum.selector
        );
    }

    function _isMature(Promise memory promised) private view returns (bool) {
        return _now >= promised.openedAt + _terms[promised.termId].duration;
    }

    function _isSameToken() private view returns (bool) {
        return _pool.rewardsToken() == address(_staking);
    }

    function _take(uint256 place) private returns (Promise memory promised) {
        promised = _open[place];
        _open[place] = _open[_open.length - 1];
        _open.pop();
    }

    function _pass(uint256 elapsed) private {
        _now += elapsed;
        _CLOCK.warp(_now);
    }

    function _token(string memory name) private returns (PlainToken token) {
        token = PlainToken(
            Artifact.deploy("contracts/mocks/tokens/PlainToken.sol:PlainToken", abi.encode(name, name, 18))
        );
        token.mint(address(this), 1 << 130);
    }

    function _addTerm(uint32 duration, uint64 rate, uint16 startBps, uint16 endBps, uint16 forfeitedBps) private {
        _terms.push(
            IFixedTermPool.Term({
                duration: duration,
                rate: rate,
                minimum: 1,
                principalCap: type(uint96).max,
                rewardCap: type(uint96).max,
                penalty: EarlyWithdrawalPenalty.Schedule(startBps, endBps, forfeitedBps)
            })
        );
    }

    function _deploy(PlainToken rewards, uint256 conversion) private returns (IFixedTermPool pool) {
        bool sameToken = address(rewards) == address(_staking);
        IFixedTermPool.Config memory config = IFixedTermPool.Config({
            authority: address(0),
            stakingToken: address(_staking),
            rewardsToken: address(rewards),
            conversion: conversion,
            renderer: address(_staking), // code is all that it needs: nobody draws here
            rewardsPool: address(0),
            insurance: address(0x1115),
            treasury: address(0x7EA5),
            split: EarlyWithdrawalPenalty.Split(sameToken ? 3_333 : 0, sameToken ? 0 : 3_333, 3_333, 3_334),
            terms: _terms
        });
        pool = IFixedTermPool(Artifact.deploy("contracts/FixedTermPool.sol:FixedTermPool", abi.encode(config)));
        _staking.approve(address(pool), type(uint256).max);
        rewards.approve(address(pool), type(uint256).max);
        pool.fund(_BUDGET);
    }
}
