// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "./interfaces/IFlexiblePool.sol";
import {IPool} from "./interfaces/IPool.sol";
import {IPoolTokens} from "./interfaces/IPoolTokens.sol";
import {IRewardDistributor} from "./interfaces/IRewardDistributor.sol";
import {BoundedRead} from "./libraries/BoundedRead.sol";
import {TokenTransfer} from "./libraries/TokenTransfer.sol";
import {PoolKind} from "./types/PoolKind.sol";

/// @title RewardDistributor
/// @notice Pays pools by schedules of whole epochs; an epoch accrues at its start, as far as the schedule's balance
/// covers it.
/// @dev A cumulative reward per weight, times 2^96, grows with every accrual; a pool's claim is its weight times the
/// growth since it was settled, kept with its fraction. Everything is O(1) in missed epochs, pools and time.
contract RewardDistributor is IRewardDistributor, AccessManaged, ReentrancyGuardTransient {
    using BoundedRead for address;
    using SafeERC20 for IERC20;
    using TokenTransfer for IERC20;

    /// @dev `balance` has not accrued; `perWeight` is base units for a weight of 1, times 2^96, below 2^238.
    struct Schedule {
        Terms terms;
        uint64 totalWeight;
        uint32 accruedEpochs;
        bool ended;
        uint256 balance;
        uint256 perWeight;
    }

    /// @dev `claim` is base units times 2^96, settled up to `perWeight`.
    struct Share {
        PoolKind kind;
        uint32 weight;
        uint256 perWeight;
        uint256 claim;
    }

    /// @dev Base units of one token, by what they are for.
    struct Account {
        uint256 inSchedules;
        uint256 insuranceFees;
        uint256 treasuryFees;
    }

    uint256 private constant _BPS = 10_000;
    uint256 private constant _FEE_CEILING_BPS = 3_500;
    uint256 private constant _MAXIMUM_EPOCHS = 10_000;
    uint8 private constant _SCALE = 96;

    /// @dev Most gas for sending one share of fees, so that no recipient can burn what the others need.
    uint256 private constant _SEND_GAS = 300_000;

    /// @dev Enough, besides `_SEND_GAS`, to make that call with all of it: a call keeps back a 64th.
    uint256 private constant _GAS_TO_SEND = _SEND_GAS + _SEND_GAS / 63 + 20_000;

    uint256 private immutable _INSURANCE_SHARE_BPS;

    address private _insurance;
    address private _treasury;
    Schedule[] private _schedules;
    mapping(uint256 scheduleId => mapping(address pool => Share)) private _shares;
    mapping(address token => Account) private _accounts;

    /// @param insuranceShareBps_ Share of fees that insurance gets, in basis points, at most 10,000.
    constructor(
        address authority_,
        address insurance_,
        address treasury_,
        uint256 insuranceShareBps_
    ) AccessManaged(authority_) {
        require(insuranceShareBps_ <= _BPS, DistributorShareAboveWhole(insuranceShareBps_, _BPS));
        _INSURANCE_SHARE_BPS = insuranceShareBps_;
        _setRecipients(insurance_, treasury_);
    }

    /* ANYONE */

    /// @inheritdoc IRewardDistributor
    function fund(uint256 scheduleId, uint256 amount) external nonReentrant returns (uint256 received) {
        Schedule storage schedule_ = _running(scheduleId);
        require(amount != 0, DistributorZeroAmount());
        IERC20 token = IERC20(schedule_.terms.token);
        uint256 left = uint256(schedule_.terms.epochs - schedule_.accruedEpochs) * schedule_.terms.budget;
        uint256 usable = left - schedule_.balance; // the balance never exceeds what is left to accrue
        require(usable != 0, DistributorFullyFunded(scheduleId));
        received = token.pull(msg.sender, Math.min(amount, usable));

        schedule_.balance += received;
        _accounts[address(token)].inSchedules += received;
        emit Funded(scheduleId, msg.sender, received);
    }

    /// @inheritdoc IRewardDistributor
    function distribute(uint256 scheduleId, address pool) external nonReentrant returns (uint256 amount) {
        Schedule storage schedule_ = _known(scheduleId);
        _accrue(scheduleId, schedule_);
        Share storage share = _shares[scheduleId][pool];
        _settle(schedule_, share);
        amount = share.claim >> _SCALE;
        require(amount != 0, DistributorNothingDue(scheduleId, pool));

        IERC20 token = IERC20(schedule_.terms.token);
        share.claim -= amount << _SCALE;
        _accounts[address(token)].inSchedules -= amount;
        emit Distributed(scheduleId, pool, amount);

        _pay(token, pool, share.kind, amount);
    }

    /// @inheritdoc IRewardDistributor
    function sweepFees(address token) external nonReentrant {
        _sweepFees(token);
    }

    /// @notice Sends `amount` to `to`, or reverts as a whole; only the distributor itself calls it.
    function sendFee(IERC20 token, address to, uint256 amount) external {
        require(msg.sender == address(this), DistributorOnlySelf(msg.sender));
        token.safeTransfer(to, amount);
    }

    /* GOVERNANCE */

    /// @inheritdoc IRewardDistributor
    function createSchedule(
        Terms calldata terms,
        Recipient[] calldata recipients_
    ) external restricted returns (uint256 scheduleId) {
        TokenTransfer.requireCode(terms.token);
        require(
            terms.epoch == 1 days || terms.epoch == 7 days || terms.epoch == 30 days,
            DistributorInvalidEpoch(terms.epoch)
        );
        require(terms.budget != 0, DistributorZeroAmount());
        require(
            terms.epochs != 0 && terms.epochs <= _MAXIMUM_EPOCHS,
            DistributorEpochsOutOfRange(terms.epochs, _MAXIMUM_EPOCHS)
        );
        require(terms.start >= block.timestamp, DistributorStartInPast(terms.start, block.timestamp));
        require(terms.feeBps <= _FEE_CEILING_BPS, DistributorFeeAboveCeiling(terms.feeBps, _FEE_CEILING_BPS));

        scheduleId = _schedules.length;
        _schedules.push().terms = terms;
        emit ScheduleCreated(scheduleId, terms);
        _setWeights(scheduleId, _schedules[scheduleId], recipients_);
    }

    /// @inheritdoc IRewardDistributor
    function setWeights(uint256 scheduleId, Recipient[] calldata recipients_) external restricted nonReentrant {
        Schedule storage schedule_ = _running(scheduleId);
        _accrue(scheduleId, schedule_);
        _setWeights(scheduleId, schedule_, recipients_);
    }

    /// @inheritdoc IRewardDistributor
    function endSchedule(
        uint256 scheduleId,
        address refundTo
    ) external restricted nonReentrant returns (uint256 refund) {
        Schedule storage schedule_ = _running(scheduleId);
        _requireReceiver(refundTo);
        _accrue(scheduleId, schedule_);
        refund = schedule_.balance;

        schedule_.ended = true;
        schedule_.balance = 0;
        _accounts[schedule_.terms.token].inSchedules -= refund;
        emit ScheduleEnded(scheduleId, refundTo, refund);

        if (refund != 0) IERC20(schedule_.terms.token).push(refundTo, refund);
    }

    /// @inheritdoc IRewardDistributor
    function setRecipients(
        address insurance_,
        address treasury_,
        address[] calldata tokens
    ) external restricted nonReentrant {
        for (uint256 i = 0; i < tokens.length; ++i) _sweepFees(tokens[i]);
        _setRecipients(insurance_, treasury_);
    }

    /// @inheritdoc IRewardDistributor
    function rescue(address token, address to, uint256 amount) external restricted nonReentrant {
        _requireReceiver(to);
        uint256 balance = IERC20(token).holding(address(this));
        uint256 surplus = Math.saturatingSub(balance, liabilities(token));
        require(amount <= surplus, DistributorRescueExceedsSurplus(token, amount, surplus));
        emit Rescued(token, to, amount);

        IERC20(token).push(to, amount);
    }

    /* VIEWS */

    /// @inheritdoc IRewardDistributor
    function schedule(uint256 scheduleId) external view returns (ScheduleState memory state) {
        Schedule storage schedule_ = _known(scheduleId);
        Terms memory terms = schedule_.terms;
        uint256 coverable = _coverable(schedule_);
        uint256 started = _startedEpochs(terms);
        state.terms = terms;
        state.totalWeight = schedule_.totalWeight;
        state.accruedEpochs = schedule_.accruedEpochs + coverable;
        state.balance = schedule_.balance - coverable * terms.budget;
        state.ended = schedule_.ended;
        if (state.ended) return state;
        state.uncoveredEpochs = started - state.accruedEpochs;
        state.missing = Math.saturatingSub(state.uncoveredEpochs * terms.budget, state.balance);
        if (started < terms.epochs) state.nextEpoch = terms.start + started * terms.epoch;
    }

    /// @inheritdoc IRewardDistributor
    function scheduleCount() external view returns (uint256) {
        return _schedules.length;
    }

    /// @inheritdoc IRewardDistributor
    function pending(uint256 scheduleId, address pool) external view returns (uint256) {
        Schedule storage schedule_ = _known(scheduleId);
        Share memory share = _shares[scheduleId][pool];
        (, , uint256 growth) = _accrual(schedule_, _coverable(schedule_));
        return (share.claim + share.weight * (schedule_.perWeight + growth - share.perWeight)) >> _SCALE;
    }

    /// @inheritdoc IRewardDistributor
    function weightOf(uint256 scheduleId, address pool) external view returns (PoolKind kind, uint256 weight) {
        Share storage share = _shares[scheduleId][pool];
        return (share.kind, share.weight);
    }

    /// @inheritdoc IRewardDistributor
    function feesOwed(address token) external view returns (uint256 insurance, uint256 treasury) {
        Account storage account = _accounts[token];
        return (account.insuranceFees, account.treasuryFees);
    }

    /// @inheritdoc IRewardDistributor
    function liabilities(address token) public view returns (uint256) {
        Account storage account = _accounts[token];
        return account.inSchedules + account.insuranceFees + account.treasuryFees;
    }

    /// @inheritdoc IRewardDistributor
    function recipients() external view returns (address insurance, address treasury) {
        return (_insurance, _treasury);
    }

    /// @inheritdoc IRewardDistributor
    function insuranceShareBps() external view returns (uint256) {
        return _INSURANCE_SHARE_BPS;
    }

    /* INTERNAL */

    /// @dev Stores what has accrued: the fee is booked, the rest is shared by weight.
    function _accrue(uint256 scheduleId, Schedule storage schedule_) private {
        uint256 epochs = _coverable(schedule_);
        if (epochs == 0) return;
        (uint256 net, uint256 fee, uint256 growth) = _accrual(schedule_, epochs);
        uint256 insuranceFee = (fee * _INSURANCE_SHARE_BPS) / _BPS;

        schedule_.accruedEpochs += uint32(epochs); // ≤ terms.epochs
        schedule_.balance -= net + fee;
        schedule_.perWeight += growth;
        Account storage account = _accounts[schedule_.terms.token];
        account.inSchedules -= fee;
        account.insuranceFees += insuranceFee;
        account.treasuryFees += fee - insuranceFee;
        emit Accrued(scheduleId, epochs, net, fee);
    }

    /// @dev Pools, then fee, in base units, the fee rounded down; and the growth of `perWeight`, rounded down.
    function _accrual(
        Schedule storage schedule_,
        uint256 epochs
    ) private view returns (uint256 net, uint256 fee, uint256 growth) {
        if (epochs == 0) return (0, 0, 0);
        uint256 gross = epochs * schedule_.terms.budget; // < 2^142
        fee = (gross * schedule_.terms.feeBps) / _BPS;
        net = gross - fee;
        growth = (net << _SCALE) / schedule_.totalWeight; // coverable epochs need a weight
    }

    /// @dev Epochs that have started, have not accrued and are covered by the balance, which ending a schedule
    /// empties; none without a weight.
    function _coverable(Schedule storage schedule_) private view returns (uint256) {
        if (schedule_.totalWeight == 0) return 0;
        Terms memory terms = schedule_.terms;
        return Math.min(_startedEpochs(terms) - schedule_.accruedEpochs, schedule_.balance / terms.budget);
    }

    function _startedEpochs(Terms memory terms) private view returns (uint256) {
        if (block.timestamp < terms.start) return 0;
        return Math.min((block.timestamp - terms.start) / terms.epoch + 1, terms.epochs);
    }

    function _settle(Schedule storage schedule_, Share storage share) private {
        share.claim += share.weight * (schedule_.perWeight - share.perWeight);
        share.perWeight = schedule_.perWeight;
    }

    function _setWeights(uint256 scheduleId, Schedule storage schedule_, Recipient[] calldata recipients_) private {
        uint256 totalWeight = schedule_.totalWeight;
        for (uint256 i = 0; i < recipients_.length; ++i) {
            (address pool, uint32 weight) = (recipients_[i].pool, recipients_[i].weight);
            Share storage share = _shares[scheduleId][pool];
            PoolKind kind = share.kind;
            if (weight != 0 || kind == PoolKind.None) kind = _checkedKind(pool, schedule_.terms.token);
            _settle(schedule_, share);
            totalWeight = totalWeight - share.weight + weight;
            share.kind = kind;
            share.weight = weight;
            emit WeightSet(scheduleId, pool, kind, weight);
        }
        schedule_.totalWeight = uint64(totalWeight); // fewer than 2^32 weights of 32 bits fit into a block's gas
    }

    /// @dev What `pool` says it is, if it says so and pays rewards in `token`.
    function _checkedKind(address pool, address token) private view returns (PoolKind kind) {
        (, uint256 said) = pool.word(abi.encodeCall(IPool.kind, ()));
        if (said <= uint256(type(PoolKind).max)) kind = PoolKind(said);
        require(kind != PoolKind.None, DistributorInvalidPool(pool, kind));
        (, uint256 paid) = pool.word(abi.encodeCall(IPoolTokens.rewardsToken, ()));
        address rewardsToken = address(uint160(paid)); // upper bits of a malformed answer do not matter
        require(rewardsToken == token, DistributorWrongToken(pool, rewardsToken, token));
    }

    /// @dev A flexible pool is notified of what arrived, and of no more than was sent: what reaches it by another way
    /// belongs to nobody. A fixed-term pool pulls, and must pull everything: its claim is already taken off, and what
    /// it left would stay approved.
    function _pay(IERC20 token, address pool, PoolKind kind, uint256 amount) private {
        if (kind == PoolKind.Flexible) {
            uint256 balanceBefore = token.holding(pool);
            token.push(pool, amount);
            uint256 arrived = Math.saturatingSub(token.holding(pool), balanceBefore);
            IFlexiblePool(pool).notifyRewardAmount(Math.min(arrived, amount));
        } else {
            token.forceApprove(pool, amount);
            IFixedTermPool(pool).fund(amount);
            uint256 left = token.allowance(address(this), pool);
            require(left == 0, DistributorNotTaken(pool, left));
        }
    }

    /// @dev Each share leaves by itself; one that cannot is booked again.
    function _sweepFees(address token) private {
        Account storage account = _accounts[token];
        (uint256 insuranceFees, uint256 treasuryFees) = (account.insuranceFees, account.treasuryFees);
        (account.insuranceFees, account.treasuryFees) = (0, 0);

        if (!_send(token, _insurance, insuranceFees)) {
            account.insuranceFees = insuranceFees;
            insuranceFees = 0;
        }
        if (!_send(token, _treasury, treasuryFees)) {
            account.treasuryFees = treasuryFees;
            treasuryFees = 0;
        }
        emit FeesSwept(token, insuranceFees, treasuryFees);
    }

    /// @dev Never fails for what the token or its recipient does. The caller cannot make it fail by giving it little
    /// gas either: then everything reverts.
    function _send(address token, address to, uint256 amount) private returns (bool) {
        if (amount == 0) return true;
        require(gasleft() >= _GAS_TO_SEND, DistributorGasTooLow(gasleft(), _GAS_TO_SEND));
        try this.sendFee{gas: _SEND_GAS}(IERC20(token), to, amount) {
            return true;
        } catch {
            return false;
        }
    }

    function _running(uint256 scheduleId) private view returns (Schedule storage schedule_) {
        schedule_ = _known(scheduleId);
        require(!schedule_.ended, DistributorScheduleEnded(scheduleId));
    }

    function _known(uint256 scheduleId) private view returns (Schedule storage) {
        if (scheduleId >= _schedules.length) revert DistributorScheduleUnknown(scheduleId, _schedules.length);
        return _schedules[scheduleId];
    }

    function _setRecipients(address insurance_, address treasury_) private {
        _requireReceiver(insurance_);
        _requireReceiver(treasury_);
        _insurance = insurance_;
        _treasury = treasury_;
        emit RecipientsSet(insurance_, treasury_);
    }

    function _requireReceiver(address receiver) private view {
        require(receiver != address(0) && receiver != address(this), DistributorInvalidReceiver(receiver));
    }
}
