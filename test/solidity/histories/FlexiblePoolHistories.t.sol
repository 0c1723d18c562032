// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFlexiblePool} from "../../../contracts/interfaces/IFlexiblePool.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "../helpers/Artifact.sol";

interface Clock {
    function warp(uint256 timestamp) external;
}

/// @notice Somebody who stakes, leaves and claims.
contract HistoryStaker {
    IFlexiblePool private immutable _POOL;

    constructor(IFlexiblePool pool, PlainToken token) {
        _POOL = pool;
        token.approve(address(pool), type(uint256).max);
    }

    function stake(uint256 amount) external {
        _POOL.stake(amount);
    }

    function withdraw(uint256 amount) external {
        _POOL.withdraw(amount);
    }

    function claim() external {
        _POOL.getReward();
    }

    function exit() external {
        _POOL.exit();
    }
}

/// @notice Random histories of a whole pool at every scale of stake and reward: the accumulator crosses its halves,
/// debts wrap around, payments spill over, the pool runs empty and fills again.
contract FlexiblePoolHistoriesTest {
    Clock private constant _CLOCK = Clock(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant _STEPS = 32;
    uint256 private constant _STAKERS = 3;

    IFlexiblePool private _pool;
    PlainToken private _token;
    HistoryStaker[_STAKERS] private _stakers;
    uint256 private _now = 1_800_000_000; // the optimizer may read the block's own time once and keep it

    function setUp() external {
        _token = PlainToken(
            Artifact.deploy("contracts/mocks/tokens/PlainToken.sol:PlainToken", abi.encode("Token", "TOKEN", 18))
        );
        IFlexiblePool.Config memory config = IFlexiblePool.Config({
            authority: address(0),
            distributor: address(this),
            stakingToken: address(_token),
            rewardsToken: address(_token),
            rewardsDuration: 7 days,
            minimumStake: 1,
            cap: type(uint96).max
        });
        _pool = IFlexiblePool(Artifact.deploy("contracts/FlexiblePool.sol:FlexiblePool", abi.encode(config)));
        for (uint256 i; i < _STAKERS; ++i) {
            _stakers[i] = new HistoryStaker(_pool, _token);
            _token.mint(address(_stakers[i]), 1 << 90);
        }
    }

    function testFuzz_EveryHistoryStaysSolventAndEverybodyLeavesWithEverything(
        uint256 seed,
        uint256 stakeScale,
        uint256 rewardScale
    ) external {
        _pass(0);
        stakeScale %= 89;
        rewardScale %= 124;
        for (uint256 step; step < _STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            _pass((seed >> 200) % 2 == 0 ? 0 : (seed >> 208) % 3 days);
            _act(_stakers[seed % _STAKERS], (seed >> 8) % 8, seed >> 16, stakeScale, rewardScale);
            _checkSolvent();
        }
        _leaveAll();
    }

    function _pass(uint256 elapsed) private {
        _now += elapsed;
        _CLOCK.warp(_now);
    }

    function _act(
        HistoryStaker staker,
        uint256 action,
        uint256 random,
        uint256 stakeScale,
        uint256 rewardScale
    ) private {
        uint256 staked = _pool.balanceOf(address(staker));
        uint256 amount = 1 + (random % (1 << stakeScale));
        if (action < 3) {
            if (_token.balanceOf(address(staker)) >= amount) staker.stake(amount);
        } else if (action == 3) {
            if (staked != 0) staker.withdraw(amount < staked ? amount : staked);
        } else if (action == 4) {
            uint256 due = _pool.earned(address(staker));
            uint256 before = _token.balanceOf(address(staker));
            staker.claim();
            assert(_token.balanceOf(address(staker)) - before == due);
        } else if (action == 5) {
            if (staked != 0) _exit(staker);
        } else {
            uint256 reward = 1 + (random % (1 << rewardScale));
            _token.mint(address(_pool), reward);
            _notify(reward);
        }
    }

    /// @dev After whatever history: never refused for the rate, which does not fall, nor does the end come forward.
    function _notify(uint256 reward) private {
        (uint256 current, uint256 finish) = (_pool.getRewardForDuration(), _pool.periodFinish());
        uint256 owed = _pool.rewardsOwed();
        _pool.notifyRewardAmount(reward);
        assert(finish <= _now || _pool.getRewardForDuration() >= current);
        assert(_pool.periodFinish() >= finish);
        assert(_pool.rewardsOwed() == owed + reward);
        assert(_pool.carry() * 7 days <= _pool.getRewardForDuration());
    }

    /// @dev An exit pays the stake and all that the views said was earned, to the unit.
    function _exit(HistoryStaker staker) private {
        uint256 due = _pool.balanceOf(address(staker)) + _pool.earned(address(staker));
        uint256 before = _token.balanceOf(address(staker));
        staker.exit();
        uint256 got = _token.balanceOf(address(staker)) - before;
        assert(got == due);
        assert(_pool.earned(address(staker)) == 0);
    }

    function _checkSolvent() private view {
        uint256 earned;
        uint256 staked;
        for (uint256 i; i < _STAKERS; ++i) {
            earned += _pool.earned(address(_stakers[i]));
            staked += _pool.balanceOf(address(_stakers[i]));
        }
        assert(staked == _pool.totalSupply());
        assert(earned <= _pool.rewardsOwed());
        assert(_pool.liabilities(address(_token)) == staked + _pool.rewardsOwed());
        assert(_token.balanceOf(address(_pool)) >= _pool.liabilities(address(_token)));
    }

    /// @dev Streams to the end, lets everybody leave, and finds only the carry and roundings left: one unit an operation,
    /// and for each notification the one by which its part of the stream was rounded.
    function _leaveAll() private {
        if (_token.balanceOf(address(_stakers[0])) == 0) return;
        _stakers[0].stake(1); // so that the clock runs
        _pass(7 days);
        for (uint256 i; i < _STAKERS; ++i) {
            if (_pool.balanceOf(address(_stakers[i])) != 0) _exit(_stakers[i]);
            else _stakers[i].claim();
        }
        assert(_pool.totalSupply() == 0);
        assert(_pool.rewardsOwed() <= _pool.carry() + _STEPS + 2 * _STAKERS + 1);
    }
}
