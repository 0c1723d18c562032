// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IFlexiblePool} from "./interfaces/IFlexiblePool.sol";
import {IPool} from "./interfaces/IPool.sol";
import {IStakingRewards} from "./interfaces/IStakingRewards.sol";
import {RewardAccrual} from "./libraries/RewardAccrual.sol";
import {RewardStream} from "./libraries/RewardStream.sol";
import {TokenTransfer} from "./libraries/TokenTransfer.sol";
import {Pool} from "./abstracts/Pool.sol";
import {Checkpoint, CheckpointLib} from "./types/Checkpoint.sol";
import {Period, PeriodLib} from "./types/Period.sol";
import {PoolKind} from "./types/PoolKind.sol";
import {Staker, StakerLib} from "./types/Staker.sol";

/// @title FlexiblePool
/// @notice A pool that can be left at any time; a reward stream is shared pro rata to stake and time.
/// @dev Storage is laid out by who touches it, so that most operations touch three slots: the staker, the
/// checkpoint and the period. Two things overflow into a fourth, the ledger, which only notifications write
/// otherwise: the accumulator's high half, once one staked unit has earned 2^(128 − digits) reward units, and payments
/// above 2^80 − 1 units since the last notification.
contract FlexiblePool is IFlexiblePool, Pool {
    using SafeERC20 for IERC20;
    using TokenTransfer for IERC20;
    using SafeCast for uint256;

    /// @dev What was notified less what was paid, but for `Period.paid`; and the accumulator above its low 128 bits.
    struct Ledger {
        uint128 rewardsOwed;
        uint96 accumulatorHigh;
    }

    uint256 private constant _MINIMUM_PERIOD = 1 hours;

    uint256 private immutable _DURATION;
    uint256 private immutable _MINIMUM;
    uint256 private immutable _CAP;

    /// @dev Binary digits after the point of the accumulator.
    uint8 private immutable _DIGITS;

    Checkpoint private _checkpoint;
    Period private _period;
    Ledger private _ledger;
    mapping(address account => Staker) private _stakers;

    /// @inheritdoc IFlexiblePool
    uint256 public carry;

    /// @inheritdoc IFlexiblePool
    mapping(address account => bool) public isFunder;

    constructor(Config memory config) Pool(config.authority, config.stakingToken, config.rewardsToken) {
        _requireDuration(config.rewardsDuration, _MINIMUM_PERIOD);
        _requireLimits(config.minimumStake, config.cap);
        _DURATION = config.rewardsDuration;
        _MINIMUM = config.minimumStake;
        _CAP = config.cap;
        _DIGITS = RewardAccrual.digitsFor(config.cap);
        if (config.distributor != address(0)) _setFunder(config.distributor, true);
    }

    /* STAKERS */

    /// @inheritdoc IStakingRewards
    function stake(uint256 amount) external nonReentrant {
        _stake(msg.sender, amount);
    }

    /// @inheritdoc IFlexiblePool
    function stakeFor(address account, uint256 amount) external nonReentrant {
        _requireReceiver(account);
        _stake(account, amount);
    }

    /// @inheritdoc IFlexiblePool
    function stakeWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external nonReentrant {
        STAKING_TOKEN.tryPermit(msg.sender, amount, deadline, v, r, s);
        _stake(msg.sender, amount);
    }

    /// @inheritdoc IStakingRewards
    function withdraw(uint256 amount) external nonReentrant {
        _withdraw(amount, msg.sender);
    }

    /// @inheritdoc IFlexiblePool
    function withdrawTo(uint256 amount, address receiver) external nonReentrant {
        _requireReceiver(receiver);
        _withdraw(amount, receiver);
    }

    /// @inheritdoc IStakingRewards
    function getReward() external nonReentrant {
        _claim(msg.sender, msg.sender);
    }

    /// @inheritdoc IFlexiblePool
    function getRewardFor(address account) external nonReentrant {
        _claim(account, account);
    }

    /// @inheritdoc IFlexiblePool
    function getRewardTo(address receiver) external nonReentrant {
        _requireReceiver(receiver);
        _claim(msg.sender, receiver);
    }

    /// @inheritdoc IStakingRewards
    function exit() external nonReentrant {
        _exit(msg.sender);
    }

    /// @inheritdoc IFlexiblePool
    function exitTo(address receiver) external nonReentrant {
        _requireReceiver(receiver);
        _exit(receiver);
    }

    /* FUNDERS */

    /// @inheritdoc IStakingRewards
    /// @dev Errors, in this order: `PoolNotFunder`, `PoolZeroAmount`, `PoolRewardNotReceived`, `PoolRewardOutOfRange`.
    /// Never refused for the rate: see `RewardStream`.
    function notifyRewardAmount(uint256 reward) external nonReentrant {
        require(isFunder[msg.sender], PoolNotFunder(msg.sender));
        require(reward != 0, PoolZeroAmount());
        uint256 unaccounted = _surplus(address(REWARDS_TOKEN));
        require(reward <= unaccounted, PoolRewardNotReceived(reward, unaccounted));

        Checkpoint checkpoint = _checkpoint;
        Period period = _period;
        (uint256 accumulator, uint256 updated) = _accrue(checkpoint, period);
        uint256 remaining = _remaining(period, updated);
        uint256 carried = carry;
        uint256 owed = _rewardsOwed(period);
        {
            uint256 streaming = Math.ceilDiv(period.reward() * remaining, _DURATION) + carried;
            uint256 maximum = _notifiable(accumulator, streaming, owed);
            require(reward <= maximum, PoolRewardOutOfRange(reward, maximum));
        }
        (uint256 newReward, uint256 newRemaining, uint256 newCarry) = RewardStream.afterNotification(
            period.reward(),
            remaining,
            carried + reward,
            _DURATION
        );

        _storeCheckpoint(checkpoint.totalStaked(), block.timestamp, accumulator, period);
        _period = _period.restart(newReward, (block.timestamp + newRemaining).toUint32());
        _ledger.rewardsOwed = uint128(owed + reward); // ≤ owed + maximum < 2^128
        if (newCarry != carried) carry = newCarry;
        emit RewardAdded(reward);
    }

    /* GOVERNANCE */

    /// @inheritdoc IFlexiblePool
    function setFunder(address funder, bool allowed) external restricted {
        _setFunder(funder, allowed);
    }

    /* VIEWS */

    /// @inheritdoc IPool
    function kind() external pure returns (PoolKind) {
        return PoolKind.Flexible;
    }

    /// @inheritdoc IStakingRewards
    function totalSupply() external view returns (uint256) {
        return _checkpoint.totalStaked();
    }

    /// @inheritdoc IStakingRewards
    function balanceOf(address account) external view returns (uint256) {
        return _stakers[account].stake();
    }

    /// @inheritdoc IStakingRewards
    function earned(address account) external view returns (uint256) {
        Staker staker = _stakers[account];
        return RewardAccrual.earned(staker.stake(), staker.debt(), _accumulator(_period), _DIGITS);
    }

    /// @inheritdoc IStakingRewards
    function rewardPerToken() external view returns (uint256) {
        return Math.mulShr(_accumulator(_period), 1e18, _DIGITS);
    }

    /// @inheritdoc IStakingRewards
    function rewardRate() external view returns (uint256) {
        return _period.reward() / _DURATION;
    }

    /// @inheritdoc IStakingRewards
    function rewardsDuration() external view returns (uint256) {
        return _DURATION;
    }

    /// @inheritdoc IStakingRewards
    function periodFinish() public view returns (uint256) {
        Checkpoint checkpoint = _checkpoint;
        Period period = _period;
        if (checkpoint.totalStaked() != 0) return period.end();
        uint256 remaining = _remaining(period, checkpoint.lastUpdate());
        return remaining == 0 ? period.end() : block.timestamp + remaining;
    }

    /// @inheritdoc IStakingRewards
    function lastUpdateTime() external view returns (uint256) {
        return _checkpoint.lastUpdate();
    }

    /// @inheritdoc IStakingRewards
    function lastTimeRewardApplicable() external view returns (uint256) {
        return Math.min(block.timestamp, periodFinish());
    }

    /// @inheritdoc IStakingRewards
    function getRewardForDuration() external view returns (uint256) {
        return _period.reward();
    }

    /// @inheritdoc IFlexiblePool
    function rewardsOwed() external view returns (uint256) {
        return _rewardsOwed(_period);
    }

    /// @inheritdoc IFlexiblePool
    function minimumStake() external view returns (uint256) {
        return _MINIMUM;
    }

    /// @inheritdoc IFlexiblePool
    function cap() external view returns (uint256) {
        return _CAP;
    }

    /// @inheritdoc IPool
    function paused() external view returns (bool) {
        return _period.paused();
    }

    /// @inheritdoc IPool
    function liabilities(address token) public view override(IPool, Pool) returns (uint256 owed) {
        if (token == address(STAKING_TOKEN)) owed = _checkpoint.totalStaked();
        if (token == address(REWARDS_TOKEN)) owed += _rewardsOwed(_period);
    }

    /* INTERNAL */

    /// @dev What arrives is known only after the transfer, which the lock keeps from being entered twice.
    function _stake(address account, uint256 amount) private {
        require(amount != 0, PoolZeroAmount());
        uint256 received = STAKING_TOKEN.pull(msg.sender, amount);

        Period period = _period;
        Checkpoint checkpoint = _checkpoint;
        uint256 staked = checkpoint.totalStaked();
        require(!period.paused(), PoolPaused());
        require(received >= _MINIMUM, PoolBelowMinimum(received, _MINIMUM));
        unchecked {
            // staked ≤ cap, always
            require(received <= _CAP - staked, PoolCapExceeded(received, _CAP - staked));
        }

        (uint256 accumulator, uint256 updated) = _accrue(checkpoint, period);
        if (staked == 0) updated = _startClock(period, updated);
        Staker staker = _stakers[account];
        unchecked {
            _storeCheckpoint(staked + received, updated, accumulator, period); // ≤ cap < 2^96
            _stakers[account] = StakerLib.pack(
                staker.stake() + received, // ≤ total staked
                RewardAccrual.debtAfterStake(staker.debt(), received, accumulator, _DIGITS)
            );
        }
        emit Staked(account, received);
    }

    function _withdraw(uint256 amount, address receiver) private {
        Staker staker = _stakers[msg.sender];
        uint256 staked = staker.stake();
        require(amount != 0, PoolZeroAmount());
        require(amount <= staked, PoolInsufficientStake(msg.sender, amount, staked));

        uint256 accumulator = _unstake(amount, _period);
        unchecked {
            _stakers[msg.sender] = StakerLib.pack(
                staked - amount, // amount ≤ staked
                RewardAccrual.debtAfterWithdrawal(staker.debt(), amount, accumulator, _DIGITS)
            );
        }
        emit Withdrawn(msg.sender, amount);

        STAKING_TOKEN.push(receiver, amount);
    }

    /// @dev If the rewards token refuses the transfer, the principal leaves all the same and the reward stays earned.
    /// Less than one unit that was earned besides is left to the pool, so that the staker's slot is cleared.
    function _exit(address receiver) private {
        Staker staker = _stakers[msg.sender];
        Period period = _period;
        uint256 staked = staker.stake();
        require(staked != 0, PoolZeroAmount());

        uint256 reward = RewardAccrual.earned(staked, staker.debt(), _unstake(staked, period), _DIGITS);
        _stakers[msg.sender] = Staker.wrap(0);
        if (reward != 0) _countPaid(reward);
        emit Withdrawn(msg.sender, staked);

        STAKING_TOKEN.push(receiver, staked);
        if (reward == 0) return;
        if (REWARDS_TOKEN.trySafeTransfer(receiver, reward)) {
            emit RewardPaid(msg.sender, reward);
        } else {
            _stakers[msg.sender] = StakerLib.pack(0, RewardAccrual.debtOfCredit(reward));
            _ledger.rewardsOwed += uint128(reward); // it was owed before it was counted as paid
            emit RewardDeferred(msg.sender, reward);
        }
    }

    /// @dev Takes `amount`, which the caller has checked against a stake, out of the total; returns the accumulator.
    function _unstake(uint256 amount, Period period) private returns (uint256 accumulator) {
        Checkpoint checkpoint = _checkpoint;
        uint256 updated;
        (accumulator, updated) = _accrue(checkpoint, period);
        unchecked {
            _storeCheckpoint(checkpoint.totalStaked() - amount, updated, accumulator, period); // a stake ≤ total staked
        }
    }

    /// @dev Leaves the checkpoint as it is: until the total staked changes, the accumulator follows from it.
    function _claim(address account, address receiver) private {
        Staker staker = _stakers[account];
        uint256 reward = RewardAccrual.earned(staker.stake(), staker.debt(), _accumulator(_period), _DIGITS);
        if (reward == 0) return;

        _stakers[account] = StakerLib.pack(staker.stake(), RewardAccrual.debtAfterClaim(staker.debt(), reward));
        _countPaid(reward);
        emit RewardPaid(account, reward);

        REWARDS_TOKEN.push(receiver, reward);
    }

    /// @dev Takes `reward`, earned by one and so owed at least, off what is owed.
    function _countPaid(uint256 reward) private {
        Period period = _period;
        uint256 paid = period.paid() + reward;
        if (paid <= PeriodLib.PAID_LIMIT) _period = period.withPaid(paid);
        else _ledger.rewardsOwed -= uint128(reward);
    }

    function _rewardsOwed(Period period) private view returns (uint256) {
        return _ledger.rewardsOwed - period.paid();
    }

    function _accumulator(Period period) private view returns (uint256 accumulator) {
        (accumulator, ) = _accrue(_checkpoint, period);
    }

    /// @dev Returns the accumulator now, and the time up to which it holds rewards.
    function _accrue(Checkpoint checkpoint, Period period) private view returns (uint256 accumulator, uint256 updated) {
        accumulator = checkpoint.accumulatorLow();
        updated = checkpoint.lastUpdate();
        if (period.wide()) accumulator |= uint256(_ledger.accumulatorHigh) << 128;

        uint256 staked = checkpoint.totalStaked();
        uint256 applicable = block.timestamp < period.end() ? block.timestamp : period.end();
        if (staked == 0 || applicable <= updated) return (accumulator, updated);
        unchecked {
            // Below 2^224: each notification checked what its whole period can add.
            accumulator += RewardAccrual.growth(period.reward(), applicable - updated, _DURATION, staked, _DIGITS);
        }
        updated = applicable;
    }

    /// @dev Moves the period's end by the time during which nobody was staked; returns the time from which it runs on.
    function _startClock(Period period, uint256 updated) private returns (uint256) {
        uint256 remaining = _remaining(period, updated);
        if (remaining == 0) return updated;
        _period = period.withEnd((block.timestamp + remaining).toUint32());
        return block.timestamp;
    }

    /// @dev Writes the checkpoint and, once the accumulator has outgrown it, the accumulator's high half.
    function _storeCheckpoint(uint256 staked, uint256 updated, uint256 accumulator, Period period) private {
        _checkpoint = CheckpointLib.pack(staked, updated, accumulator);
        uint256 high = accumulator >> 128;
        if (high == 0) return;
        if (!period.wide()) _period = _period.withWide();
        if (high != _ledger.accumulatorHigh) _ledger.accumulatorHigh = uint96(high); // the accumulator is below 2^224
    }

    /// @dev Most base units that can be notified besides `streaming`, which the stream and the carry still hold, so
    /// that neither the accumulator, were one unit staked all the time, nor what is owed leaves its range. The ledger
    /// also holds up to `PAID_LIMIT` that was paid: room is kept for it, so that a reward that an exit defers always
    /// fits and never holds the exit.
    function _notifiable(uint256 accumulator, uint256 streaming, uint256 owed) private view returns (uint256) {
        uint256 streamable = (RewardAccrual.ACCUMULATOR_LIMIT - 1 - accumulator) >> _DIGITS;
        return
            Math.min(
                Math.saturatingSub(streamable, streaming),
                Math.saturatingSub(type(uint128).max - PeriodLib.PAID_LIMIT, owed)
            );
    }

    /// @dev Seconds that the period still streams from `updated` on.
    function _remaining(Period period, uint256 updated) private pure returns (uint256) {
        return period.end() > updated ? period.end() - updated : 0;
    }

    function _setFunder(address funder, bool allowed) private {
        isFunder[funder] = allowed;
        emit FunderSet(funder, allowed);
    }

    function _setPaused(bool paused_) internal override {
        _period = _period.withPaused(paused_);
    }
}
