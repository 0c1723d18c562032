// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {FixedTermPenalties} from "./abstracts/FixedTermPenalties.sol";
import {FixedTermPoolState} from "./abstracts/FixedTermPoolState.sol";
import {FixedTermPositions} from "./abstracts/FixedTermPositions.sol";
import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";
import {IPool} from "./interfaces/IPool.sol";
import {IPositionRenderer} from "./interfaces/IPositionRenderer.sol";
import {EarlyWithdrawalPenalty} from "./libraries/EarlyWithdrawalPenalty.sol";
import {FixedTermReward} from "./libraries/FixedTermReward.sol";
import {TokenTransfer} from "./libraries/TokenTransfer.sol";
import {PoolKind} from "./types/PoolKind.sol";
import {Position, PositionLib} from "./types/Position.sol";
import {RenewOrder, RenewOrderLib} from "./types/RenewOrder.sol";

/// @title FixedTermPool
/// @notice A pool of fixed terms: the rate is promised, and its whole reward reserved, at opening; a position is an
/// ERC-721.
/// @dev Everything that a position will pay is in its own slot from opening on. Principal, reserved rewards,
/// budget, owed rewards and penalties are counted apart; the pool's balance is at least their sum.
contract FixedTermPool is FixedTermPositions, FixedTermPenalties {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Schedule;
    using SafeCast for uint256;
    using TokenTransfer for IERC20;

    /// @dev What leaving with an amount of a position's principal moves, in base units.
    struct Exit {
        uint256 principalOut;
        uint256 principalPenalty;
        uint256 rewardOut;
        uint256 forfeitedReward;
        uint256 remainderReward;
    }

    uint256 private immutable _CONVERSION;
    IPositionRenderer private immutable _RENDERER;

    constructor(Config memory config) FixedTermPoolState(config) FixedTermPenalties(config) {
        require(
            config.conversion != 0 && config.conversion <= type(uint128).max,
            PoolConversionOutOfRange(config.conversion, type(uint128).max)
        );
        TokenTransfer.requireCode(config.renderer);
        // One token is worth itself: another conversion would be a rate above the term's, past its ceiling.
        require(
            !SAME_TOKEN || config.conversion == FixedTermReward.ONE,
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
        Position position_ = _positions[positionId];
        _requireMature(positionId, position_);
        _requireReceiver(receiver);

        (principal, reward) = (position_.principal(), position_.reward());
        _burnPosition(positionId);
        _leaveTerm(_terms[position_.termId()], principal, reward);
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
        Position position_ = _positions[positionId];
        address owner = _requireRenewable(positionId, position_, termId);
        _requireMature(positionId, position_);

        (uint256 principal, uint256 reward) = (position_.principal(), position_.reward());
        _burnPosition(positionId);
        _leaveTerm(_terms[position_.termId()], principal, reward);
        bool compounds = SAME_TOKEN && _fits(termId, principal + reward);
        if (compounds) principal += reward;
        newPositionId = _openPosition(termId, principal, owner, minReward, _orderAfter(position_.order(), termId));
        emit Renewed(positionId, newPositionId, reward);

        if (!SAME_TOKEN) _payReward(owner, owner, reward);
        else if (!compounds) _owe(owner, reward);
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
        return _promised(stored, amount);
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
                autoRenew: _isInForce(position_)
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
    function conversion() external view returns (uint256) {
        return _CONVERSION;
    }

    /// @inheritdoc IFixedTermPool
    function renderer() external view returns (address) {
        return address(_RENDERER);
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
        uint256 received = STAKING_TOKEN.pull(msg.sender, amount);
        return _openPosition(termId, received, receiver, minReward, RenewOrderLib.NONE);
    }

    /// @dev Reserves the whole reward and mints; the principal is in the pool already.
    function _openPosition(
        uint256 termId,
        uint256 principal,
        address owner,
        uint256 minReward,
        RenewOrder order
    ) private returns (uint256 positionId) {
        require(!_totals.paused, PoolPaused());
        StoredTerm storage stored = _openTerm(termId);
        require(principal >= stored.minimum, PoolBelowMinimum(principal, stored.minimum));
        require(principal <= stored.principalLeft, PoolCapExceeded(principal, stored.principalLeft));
        (uint256 reward, uint256 maturity) = _promised(stored, principal);
        require(reward != 0 && reward >= minReward, PoolRewardBelowMinimum(reward, minReward));

        _reserve(stored, principal, reward);
        positionId = ++_totals.lastPositionId;
        _mintPosition(owner, positionId, PositionLib.pack(principal, reward, maturity.toUint32(), termId, order));
    }

    /// @dev Moves `reward` from the budget to the term, and counts in `principal`, which fits below the term's cap.
    function _reserve(StoredTerm storage stored, uint256 principal, uint256 reward) private {
        uint256 rewardLeft = stored.rewardLeft;
        require(reward <= rewardLeft, PoolRewardCapExceeded(reward, rewardLeft));
        uint256 budget = _totals.budget;
        if (reward > budget) revert PoolBudgetTooSmall(reward, budget, reward - budget);
        unchecked {
            stored.principalLeft -= uint96(principal); // checked by the caller
            stored.rewardLeft = uint96(rewardLeft - reward); // checked above
            _totals.budget = uint112(budget - reward); // checked above
        }
    }

    /// @dev What `principal`, opened in a term now, earns at maturity, and when that is.
    function _promised(
        StoredTerm storage stored,
        uint256 principal
    ) private view returns (uint256 reward, uint256 maturity) {
        uint256 duration = stored.duration;
        reward = FixedTermReward.promised(principal, stored.rate, _CONVERSION, duration);
        maturity = block.timestamp + duration;
    }

    /// @dev Whether a term's caps leave room for `principal` and its reward.
    function _fits(uint256 termId, uint256 principal) private view returns (bool) {
        StoredTerm storage stored = _terms[termId];
        if (principal > stored.principalLeft) return false;
        (uint256 reward, ) = _promised(stored, principal);
        return reward <= stored.rewardLeft;
    }

    /* INTERNAL: LEAVING */

    /// @dev Books an exit with `amount` of the principal and mints what remains; returns its id, or 0.
    function _bookExit(
        Position position_,
        uint256 amount,
        Exit memory exit,
        address owner
    ) private returns (uint256 remainderId) {
        uint256 released = position_.reward() - exit.remainderReward;
        _leaveTerm(_terms[position_.termId()], amount, released);
        Totals storage totals = _totals;
        totals.budget += uint112(released - exit.rewardOut); // fits: see BUDGET_LIMIT
        if (exit.principalPenalty != 0) _bookPenalty(exit.principalPenalty);
        if (amount == position_.principal()) return 0;

        remainderId = ++totals.lastPositionId;
        Position remainder = PositionLib.pack(
            position_.principal() - amount,
            exit.remainderReward,
            position_.maturity(),
            position_.termId(),
            position_.order()
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

    function _requireMature(uint256 positionId, Position position_) private view {
        require(block.timestamp >= position_.maturity(), PoolNotMature(positionId, position_.maturity()));
    }

    function _pay(address owner, address receiver, uint256 principal, uint256 reward) private {
        if (SAME_TOKEN) {
            principal += reward;
            reward = 0;
        }
        if (principal != 0) STAKING_TOKEN.push(receiver, principal);
        _payReward(owner, receiver, reward);
    }
}
