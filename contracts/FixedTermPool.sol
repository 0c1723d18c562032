// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {FixedTermPenalties} from "./abstracts/FixedTermPenalties.sol";
import {FixedTermPositions} from "./abstracts/FixedTermPositions.sol";
import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";
import {IPool} from "./interfaces/IPool.sol";
import {IPositionRenderer} from "./interfaces/IPositionRenderer.sol";
import {EarlyWithdrawalPenalty} from "./libraries/EarlyWithdrawalPenalty.sol";
import {FixedTermReward} from "./libraries/FixedTermReward.sol";
import {TokenTransfer} from "./libraries/TokenTransfer.sol";
import {Pool} from "./abstracts/Pool.sol";
import {PoolKind} from "./types/PoolKind.sol";
import {Position, PositionLib} from "./types/Position.sol";

/// @title FixedTermPool
/// @notice A pool of fixed terms: the rate is promised, and its whole reward reserved, at opening; a position is an
/// ERC-721.
/// @dev Everything that a position will pay is in its own slot from opening on. Principal, reserved rewards,
/// budget, owed rewards and penalties are counted apart; the pool's balance is at least their sum.
contract FixedTermPool is FixedTermPositions, FixedTermPenalties {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Schedule;
    using SafeCast for uint256;
    using TokenTransfer for IERC20;

    /// @dev One slot: base units of the staking token, and the last id.
    struct Totals {
        uint96 principal;
        uint96 penalties;
        uint64 lastPositionId;
    }

    /// @dev What leaving with an amount of a position's principal moves, in base units.
    struct Exit {
        uint256 principalOut;
        uint256 principalPenalty;
        uint256 rewardOut;
        uint256 forfeitedReward;
        uint256 remainderReward;
    }

    bool private immutable _SAME_TOKEN;
    uint256 private immutable _CONVERSION;
    IPositionRenderer private immutable _RENDERER;

    Totals private _totals;

    constructor(
        Config memory config
    ) Pool(config.authority, config.stakingToken, config.rewardsToken) FixedTermPenalties(config) {
        require(
            config.conversion != 0 && config.conversion <= type(uint128).max,
            PoolConversionOutOfRange(config.conversion, type(uint128).max)
        );
        TokenTransfer.requireCode(config.renderer);
        _SAME_TOKEN = config.stakingToken == config.rewardsToken;
        // One token is worth itself: another conversion would be a rate above the term's, past its ceiling.
        require(
            !_SAME_TOKEN || config.conversion == FixedTermReward.ONE,
            PoolConversionOutOfRange(config.conversion, FixedTermReward.ONE)
        );
        _CONVERSION = config.conversion;
        _RENDERER = IPositionRenderer(config.renderer);
        for (uint256 i = 0; i < config.terms.length; ++i) _addTerm(config.terms[i]);
    }

    /* STAKERS */

    /// @inheritdoc IFixedTermPool
    function open(
        uint256 termId,
        uint256 amount,
        address receiver,
        uint256 minReward
    ) external nonReentrant returns (uint256 positionId) {
        return _pullAndOpen(termId, amount, receiver, minReward);
    }

    /// @inheritdoc IFixedTermPool
    function openWithPermit(
        uint256 termId,
        uint256 amount,
        address receiver,
        uint256 minReward,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant returns (uint256 positionId) {
        STAKING_TOKEN.tryPermit(msg.sender, amount, deadline, v, r, s);
        return _pullAndOpen(termId, amount, receiver, minReward);
    }

    /// @inheritdoc IFixedTermPool
    function withdraw(
        uint256 positionId,
        address receiver
    ) external nonReentrant returns (uint256 principal, uint256 reward) {
        address owner = _requireAuthorized(positionId);
        Position position_ = _maturePosition(positionId);
        _requireReceiver(receiver);

        (principal, reward) = (position_.principal(), position_.reward());
        _burnPosition(positionId);
        _release(position_.termId(), principal, reward, reward);
        emit Withdrawn(positionId, receiver, principal, reward);

        _pay(owner, receiver, principal, reward);
    }

    /// @inheritdoc IFixedTermPool
    function withdrawEarly(
        uint256 positionId,
        uint256 amount,
        address receiver,
        uint256 minPrincipalOut,
        uint256 minRewardOut
    ) external nonReentrant returns (uint256 principalOut, uint256 rewardOut) {
        address owner = _requireAuthorized(positionId);
        Position position_ = _positions[positionId];
        _requireReceiver(receiver);
        Exit memory exit = _exitOf(position_, amount);
        require(
            exit.principalOut >= minPrincipalOut && exit.rewardOut >= minRewardOut,
            PoolPayoutBelowMinimum(exit.principalOut, minPrincipalOut, exit.rewardOut, minRewardOut)
        );

        _burnPosition(positionId);
        uint256 remainderId = _bookExit(position_, amount, exit, owner);
        emit WithdrawnEarly(
            positionId,
            receiver,
            exit.principalOut,
            exit.rewardOut,
            exit.principalPenalty,
            exit.forfeitedReward,
            remainderId
        );

        _pay(owner, receiver, exit.principalOut, exit.rewardOut);
        return (exit.principalOut, exit.rewardOut);
    }

    /// @inheritdoc IFixedTermPool
    function renew(
        uint256 positionId,
        uint256 termId,
        uint256 minReward
    ) external nonReentrant returns (uint256 newPositionId) {
        address owner = _requireRenewable(positionId, _positions[positionId], termId);
        Position position_ = _maturePosition(positionId);

        (uint256 principal, uint256 reward) = (position_.principal(), position_.reward());
        _burnPosition(positionId);
        _release(position_.termId(), principal, reward, reward);
        newPositionId = _openPosition(termId, _SAME_TOKEN ? principal + reward : principal, owner, minReward);
        emit Renewed(positionId, newPositionId, reward);

        if (!_SAME_TOKEN) _payReward(owner, owner, reward);
    }

    /* VIEWS */

    /// @inheritdoc IPool
    function kind() external pure returns (PoolKind) {
        return PoolKind.FixedTerm;
    }

    /// @inheritdoc IFixedTermPool
    function previewOpen(uint256 termId, uint256 amount) external view returns (uint256 reward, uint256 maturity) {
        StoredTerm storage stored = _knownTerm(termId);
        require(amount <= AMOUNT_LIMIT, PoolAmountOutOfRange(amount, AMOUNT_LIMIT));
        reward = FixedTermReward.promised(amount, stored.rate, _CONVERSION, stored.duration);
        maturity = block.timestamp + stored.duration;
    }

    /// @inheritdoc IFixedTermPool
    function previewWithdrawEarly(
        uint256 positionId,
        uint256 amount
    )
        external
        view
        returns (uint256 principalOut, uint256 rewardOut, uint256 principalPenalty, uint256 forfeitedReward)
    {
        _ownerOfKnown(positionId);
        Exit memory exit = _exitOf(_positions[positionId], amount);
        return (exit.principalOut, exit.rewardOut, exit.principalPenalty, exit.forfeitedReward);
    }

    /// @inheritdoc IFixedTermPool
    function position(uint256 positionId) public view returns (PositionState memory) {
        address owner = _ownerOfKnown(positionId);
        Position position_ = _positions[positionId];
        return
            PositionState({
                owner: owner,
                termId: position_.termId(),
                principal: position_.principal(),
                reward: position_.reward(),
                openedAt: position_.maturity() - _terms[position_.termId()].duration,
                maturity: position_.maturity(),
                autoRenew: position_.autoRenew()
            });
    }

    /// @inheritdoc ERC721
    /// @dev A `data:` URI with an on-chain picture, drawn for the block's time.
    function tokenURI(uint256 positionId) public view override returns (string memory) {
        PositionState memory state = position(positionId);
        Exit memory exit = _exitOf(_positions[positionId], state.principal);
        return
            _RENDERER.tokenURI(
                IPositionRenderer.Card({
                    pool: address(this),
                    positionId: positionId,
                    stakingToken: address(STAKING_TOKEN),
                    rewardsToken: address(REWARDS_TOKEN),
                    principal: state.principal,
                    reward: state.reward,
                    rate: _terms[state.termId].rate,
                    openedAt: state.openedAt,
                    maturity: state.maturity,
                    principalPenalty: exit.principalPenalty,
                    forfeitedReward: exit.forfeitedReward
                })
            );
    }

    /// @inheritdoc IFixedTermPool
    function positionCount() public view override(IFixedTermPool, FixedTermPositions) returns (uint256) {
        return _totals.lastPositionId;
    }

    /// @inheritdoc IFixedTermPool
    function totalPrincipal() external view returns (uint256) {
        return _totals.principal;
    }

    /// @inheritdoc IFixedTermPool
    function conversion() external view returns (uint256) {
        return _CONVERSION;
    }

    /// @inheritdoc IFixedTermPool
    function renderer() external view returns (address) {
        return address(_RENDERER);
    }

    /// @inheritdoc IPool
    function liabilities(address token) public view override(IPool, Pool) returns (uint256 total) {
        if (token == address(STAKING_TOKEN)) total = _totals.principal + _heldPenalties();
        if (token == address(REWARDS_TOKEN)) total += availableBudget() + reservedRewards() + totalOwed;
    }

    /* INTERNAL: OPENING */

    /// @dev What arrives is known only after the transfer, which the lock keeps from being entered twice.
    function _pullAndOpen(
        uint256 termId,
        uint256 amount,
        address receiver,
        uint256 minReward
    ) private returns (uint256) {
        require(amount != 0, PoolZeroAmount());
        return _openPosition(termId, STAKING_TOKEN.pull(msg.sender, amount), receiver, minReward);
    }

    /// @dev Reserves the whole reward and mints; the principal is in the pool already.
    function _openPosition(
        uint256 termId,
        uint256 principal,
        address owner,
        uint256 minReward
    ) private returns (uint256 positionId) {
        require(!paused(), PoolPaused());
        StoredTerm storage stored = _openTerm(termId);
        require(principal >= stored.minimum, PoolBelowMinimum(principal, stored.minimum));
        // Penalties come out of principal: kept within one limit, they can never overflow and hold up an exit.
        {
            uint256 left = AMOUNT_LIMIT - _totals.principal - _totals.penalties;
            require(principal <= left, PoolCapExceeded(principal, left));
        }
        uint256 duration = stored.duration;
        uint256 reward = FixedTermReward.promised(principal, stored.rate, _CONVERSION, duration);
        require(reward != 0 && reward >= minReward, PoolRewardBelowMinimum(reward, minReward));

        _enterTerm(stored, principal, reward);
        _reserveReward(reward);
        _totals.principal += uint96(principal); // ≤ left
        positionId = ++_totals.lastPositionId;
        uint256 maturity = (block.timestamp + duration).toUint32();
        _mintPosition(owner, positionId, PositionLib.pack(principal, reward, maturity, termId));
    }

    /* INTERNAL: LEAVING */

    /// @dev Takes principal and reserved reward of a term out of all counts; what is not `paid` returns to the budget.
    function _release(uint256 termId, uint256 principal, uint256 reward, uint256 paid) private {
        _leaveTerm(_terms[termId], principal, reward);
        _releaseReward(reward, paid);
        unchecked {
            _totals.principal -= uint96(principal); // counted in by `_openPosition`
        }
    }

    /// @dev Books an exit with `amount` of the principal and mints what remains; returns its id, or 0.
    function _bookExit(
        Position position_,
        uint256 amount,
        Exit memory exit,
        address owner
    ) private returns (uint256 remainderId) {
        _release(position_.termId(), amount, position_.reward() - exit.remainderReward, exit.rewardOut);
        _totals.penalties += uint96(exit.principalPenalty); // principal and penalties together are below 2^96
        if (amount == position_.principal()) return 0;

        remainderId = ++_totals.lastPositionId;
        Position remainder = PositionLib.pack(
            position_.principal() - amount,
            exit.remainderReward,
            position_.maturity(),
            position_.termId()
        );
        _mintPosition(owner, remainderId, remainder);
    }

    /// @dev The one place that says what leaving with `amount` pays and costs now.
    function _exitOf(Position position_, uint256 amount) private view returns (Exit memory exit) {
        uint256 principal = position_.principal();
        require(amount != 0, PoolZeroAmount());
        require(amount <= principal, PoolAmountAbovePrincipal(amount, principal));

        uint256 reward = position_.reward();
        exit.remainderReward = FixedTermReward.shareOf(reward, principal - amount, principal);
        if (block.timestamp >= position_.maturity()) {
            exit.principalOut = amount;
            exit.rewardOut = FixedTermReward.shareOf(reward, amount, principal);
            return exit;
        }
        StoredTerm storage stored = _terms[position_.termId()];
        EarlyWithdrawalPenalty.Schedule memory schedule = _schedule(stored);
        uint256 duration = stored.duration;
        uint256 elapsed = block.timestamp + duration - position_.maturity();
        // What has accrued, as a fraction: below 2^96 × 2^96 × 2^32 by 2^96 × 2^32.
        (uint256 numerator, uint256 denominator) = (reward * amount * elapsed, principal * duration);
        exit.principalPenalty = schedule.principalPenalty(amount, elapsed, duration);
        exit.principalOut = amount - exit.principalPenalty;
        exit.rewardOut = schedule.keptReward(numerator, denominator);
        exit.forfeitedReward = numerator / denominator - exit.rewardOut;
    }

    function _maturePosition(uint256 positionId) private view returns (Position position_) {
        position_ = _positions[positionId];
        require(block.timestamp >= position_.maturity(), PoolNotMature(positionId, position_.maturity()));
    }

    function _pay(address owner, address receiver, uint256 principal, uint256 reward) private {
        if (_SAME_TOKEN) {
            principal += reward;
            reward = 0;
        }
        if (principal != 0) STAKING_TOKEN.push(receiver, principal);
        _payReward(owner, receiver, reward);
    }

    /* INTERNAL: COUNTS */

    function _bookedPenalties() internal view override returns (uint256) {
        return _totals.penalties;
    }

    function _clearPenalties() internal override {
        _totals.penalties = 0;
    }
}
