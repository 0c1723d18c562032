// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title NaiveFixedTermPool
/// @notice Fixed terms with the faults that are widespread in the field, for tests that must catch them.
/// @dev Nothing is reserved; rates and penalties are edited in place and act on open positions; deposits are credited
/// as asked; a used permit is fatal; a deposit on behalf starts the account's oldest position anew; a partial exit
/// empties the id that it leaves and clears nothing of what is owed; penalties round down, rise at maturity again, and
/// are paid to their recipients by the exit; leaving needs the reward transfer; every exit walks through the owner's
/// positions; a rescue takes anything; tokens move before the state does, without a lock; a transfer keeps rights of
/// the old owner.
contract NaiveFixedTermPool {
    using SafeERC20 for IERC20;

    struct Stake {
        address owner;
        uint256 principal;
        uint256 openedAt;
    }

    IERC20 private immutable _STAKING;
    IERC20 private immutable _REWARDS;
    uint256 private immutable _DURATION;
    address private immutable _TREASURY;

    uint256 private _rate;
    uint256 private _penaltyBps;
    uint256 private _count;
    uint256 private _principalOwed;
    uint256 private _rewardsOwed;
    mapping(uint256 positionId => Stake) private _stakes;
    mapping(address owner => uint256[]) private _ids;
    mapping(uint256 positionId => address) private _approved;

    constructor(
        IERC20 staking_,
        IERC20 rewards_,
        uint256 duration_,
        uint256 rate_,
        uint256 penaltyBps_,
        address treasury_
    ) {
        (_STAKING, _REWARDS, _DURATION, _TREASURY) = (staking_, rewards_, duration_, treasury_);
        (_rate, _penaltyBps) = (rate_, penaltyBps_);
    }

    function setTerm(uint256 rate_, uint256 penaltyBps_) external {
        (_rate, _penaltyBps) = (rate_, penaltyBps_);
    }

    function fund(uint256 amount) external returns (uint256) {
        _REWARDS.safeTransferFrom(msg.sender, address(this), amount);
        return amount;
    }

    function open(uint256, uint256 amount, address receiver, uint256) external returns (uint256) {
        return _open(amount, receiver);
    }

    function openWithPermit(
        uint256,
        uint256 amount,
        address receiver,
        uint256,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256) {
        IERC20Permit(address(_STAKING)).permit(msg.sender, address(this), amount, deadline, v, r, s);
        return _open(amount, receiver);
    }

    function withdraw(uint256 positionId, address receiver) external returns (uint256 principal, uint256 reward) {
        Stake memory stake = _authorized(positionId);
        require(block.timestamp >= stake.openedAt + _DURATION, "Not mature");
        (principal, reward) = (stake.principal, _promised(stake.principal));
        _STAKING.safeTransfer(receiver, principal);
        _REWARDS.safeTransfer(receiver, reward);
        _forget(positionId, stake.owner);
    }

    function withdrawEarly(
        uint256 positionId,
        uint256 amount,
        address receiver,
        uint256,
        uint256
    ) external returns (uint256 principalOut, uint256 rewardOut) {
        Stake memory stake = _authorized(positionId);
        uint256 penalty;
        (principalOut, rewardOut, penalty, ) = previewWithdrawEarly(positionId, amount);
        _STAKING.safeTransfer(receiver, principalOut);
        if (penalty != 0) _STAKING.safeTransfer(_TREASURY, penalty);
        _REWARDS.safeTransfer(receiver, rewardOut);
        _stakes[positionId].principal = stake.principal - amount;
        if (amount == stake.principal) _forget(positionId, stake.owner);
    }

    function approve(address to, uint256 positionId) external {
        require(_stakes[positionId].owner == msg.sender, "Not the owner");
        _approved[positionId] = to;
    }

    function transferFrom(address, address to, uint256 positionId) external {
        _authorized(positionId);
        _stakes[positionId].owner = to;
        _ids[to].push(positionId);
    }

    function rescue(address token, address to, uint256 amount) external {
        IERC20(token).safeTransfer(to, amount);
    }

    function sweepPenalties() external {}

    function withdrawBudget(address to, uint256 amount) external {
        _REWARDS.safeTransfer(to, amount);
    }

    function previewWithdrawEarly(
        uint256 positionId,
        uint256 amount
    ) public view returns (uint256 principalOut, uint256 rewardOut, uint256 principalPenalty, uint256 forfeited) {
        Stake memory stake = _stakes[positionId];
        uint256 elapsed = block.timestamp - stake.openedAt;
        principalPenalty = (amount * _penaltyBps) / 10_000;
        principalOut = amount - principalPenalty;
        rewardOut = (_promised(amount) * (elapsed < _DURATION ? elapsed : _DURATION) + _DURATION - 1) / _DURATION;
        forfeited = 0;
    }

    function position(
        uint256 positionId
    ) external view returns (address, uint256, uint256, uint256, uint256, uint256, bool) {
        Stake memory stake = _stakes[positionId];
        uint256 reward = _promised(stake.principal);
        return (stake.owner, 0, stake.principal, reward, stake.openedAt, stake.openedAt + _DURATION, false);
    }

    function ownerOf(uint256 positionId) external view returns (address) {
        return _stakes[positionId].owner;
    }

    function liabilities(address token) external view returns (uint256) {
        return token == address(_STAKING) ? _principalOwed : _rewardsOwed;
    }

    function positionCount() external view returns (uint256) {
        return _count;
    }

    function _open(uint256 amount, address receiver) private returns (uint256 positionId) {
        _STAKING.safeTransferFrom(msg.sender, address(this), amount);
        positionId = ++_count;
        _principalOwed += amount;
        _rewardsOwed += _promised(amount);
        _stakes[positionId] = Stake(receiver, amount, block.timestamp);
        if (_ids[receiver].length != 0) _stakes[_ids[receiver][0]].openedAt = block.timestamp;
        _ids[receiver].push(positionId);
    }

    function _forget(uint256 positionId, address owner) private {
        uint256[] storage ids = _ids[owner];
        for (uint256 i; i < ids.length; ++i) if (ids[i] == positionId) ids[i] = 0;
        _principalOwed -= _stakes[positionId].principal;
        _rewardsOwed -= _promised(_stakes[positionId].principal);
        delete _stakes[positionId];
    }

    function _authorized(uint256 positionId) private view returns (Stake memory stake) {
        stake = _stakes[positionId];
        require(msg.sender == stake.owner || msg.sender == _approved[positionId], "Not authorized");
    }

    function _promised(uint256 principal) private view returns (uint256) {
        return (principal * _rate * _DURATION) / (1e18 * 365 days);
    }
}
