// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "../interfaces/IFlexiblePool.sol";
import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";
import {FixedTermBudget} from "./FixedTermBudget.sol";

/// @title FixedTermPenalties
/// @notice Principal penalties of a fixed-term pool: booked by exits, divided and sent by anyone later.
/// @dev Exits pay nobody but their receiver, so that no recipient can hold them up. Each share leaves by itself: one
/// that cannot waits and keeps the others from nothing.
abstract contract FixedTermPenalties is FixedTermBudget {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Split;
    using SafeERC20 for IERC20;
    using TokenTransfer for IERC20;

    /// @dev Where tokens without a working `burn` end.
    address private constant _DEAD = 0x000000000000000000000000000000000000dEaD;

    /// @dev Enough for the other shares, for writing down what waits, and for the event.
    uint256 private constant _GAS_TO_GO_ON = 200_000;

    uint16 private immutable _REWARDS_BPS;
    uint16 private immutable _INSURANCE_BPS;
    uint16 private immutable _TREASURY_BPS;
    uint16 private immutable _BURN_BPS;
    address private immutable _REWARDS_POOL;

    address private _insurance;
    address private _treasury;

    /// @dev Penalties already divided that could not leave yet.
    EarlyWithdrawalPenalty.Shares private _waiting;

    constructor(Config memory config) {
        EarlyWithdrawalPenalty.Split memory split = config.split;
        split.requireWhole();
        _REWARDS_BPS = split.rewardsBps;
        _INSURANCE_BPS = split.insuranceBps;
        _TREASURY_BPS = split.treasuryBps;
        _BURN_BPS = split.burnBps;

        bool needed = config.stakingToken != config.rewardsToken && split.rewardsBps != 0;
        require(
            needed ? _paysStakingToken(config.rewardsPool) : config.rewardsPool == address(0),
            PoolInvalidRewardsPool(config.rewardsPool)
        );
        _REWARDS_POOL = config.rewardsPool;
        _setRecipients(config.insurance, config.treasury);
    }

    /* KEEPERS */

    /// @inheritdoc IFixedTermPool
    function sweepPenalties() external nonReentrant {
        EarlyWithdrawalPenalty.Shares memory due = unsweptPenalties();
        EarlyWithdrawalPenalty.Shares memory swept;
        _clearPenalties();
        delete _waiting;

        if (_moveToRewards(due.rewards)) swept.rewards = due.rewards;
        else _waiting.rewards = _kept(due.rewards);
        if (_moveTo(_insurance, due.insurance)) swept.insurance = due.insurance;
        else _waiting.insurance = _kept(due.insurance);
        if (_moveTo(_treasury, due.treasury)) swept.treasury = due.treasury;
        else _waiting.treasury = _kept(due.treasury);
        if (_moveToBurn(due.burned)) swept.burned = due.burned;
        else _waiting.burned = _kept(due.burned);
        emit PenaltiesSwept(swept.rewards, swept.insurance, swept.treasury, swept.burned);
    }

    /// @notice Sends `amount` to the rewards pool as a stream, or reverts as a whole; only the pool itself calls it.
    function streamPenalty(uint256 amount) external {
        require(msg.sender == address(this), PoolOnlySelf(msg.sender));
        uint256 balanceBefore = STAKING_TOKEN.holding(_REWARDS_POOL);
        STAKING_TOKEN.push(_REWARDS_POOL, amount);
        IFlexiblePool(_REWARDS_POOL).notifyRewardAmount(STAKING_TOKEN.holding(_REWARDS_POOL) - balanceBefore);
    }

    /// @notice Destroys `amount`, or reverts as a whole; only the pool itself calls it.
    /// @dev A token whose fallback swallows a `burn` that it does not have changes no balance: it is not believed.
    function burnPenalty(uint256 amount) external {
        require(msg.sender == address(this), PoolOnlySelf(msg.sender));
        uint256 balanceBefore = STAKING_TOKEN.holding(address(this));
        try ERC20Burnable(address(STAKING_TOKEN)).burn(amount) {} catch {}
        uint256 burned = balanceBefore - STAKING_TOKEN.holding(address(this));
        require(burned == 0 || burned == amount, PoolAmountOutOfRange(burned, amount));
        if (burned == 0) STAKING_TOKEN.push(_DEAD, amount);
    }

    /* GOVERNANCE */

    /// @inheritdoc IFixedTermPool
    function setRecipients(address insurance_, address treasury_) external restricted {
        _setRecipients(insurance_, treasury_);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function unsweptPenalties() public view returns (EarlyWithdrawalPenalty.Shares memory shares) {
        EarlyWithdrawalPenalty.Shares memory waiting = _waiting;
        shares = penaltySplit().divide(_bookedPenalties());
        shares.rewards += waiting.rewards;
        shares.insurance += waiting.insurance;
        shares.treasury += waiting.treasury;
        shares.burned += waiting.burned;
    }

    /// @inheritdoc IFixedTermPool
    function penaltySplit() public view returns (EarlyWithdrawalPenalty.Split memory) {
        return EarlyWithdrawalPenalty.Split(_REWARDS_BPS, _INSURANCE_BPS, _TREASURY_BPS, _BURN_BPS);
    }

    /// @inheritdoc IFixedTermPool
    function recipients() external view returns (address insurance, address treasury) {
        return (_insurance, _treasury);
    }

    /// @inheritdoc IFixedTermPool
    function rewardsPool() external view returns (address) {
        return _REWARDS_POOL;
    }

    /* INTERNAL */

    /// @dev Penalties booked by exits and not divided yet.
    function _bookedPenalties() internal view virtual returns (uint256);

    /// @dev Sets the penalties booked by exits to zero; they are divided.
    function _clearPenalties() internal virtual;

    /// @dev Base units of staking token that penalties keep in the pool.
    function _heldPenalties() internal view returns (uint256) {
        EarlyWithdrawalPenalty.Shares memory waiting = _waiting;
        return _bookedPenalties() + waiting.rewards + waiting.insurance + waiting.treasury + waiting.burned;
    }

    function _moveToRewards(uint256 amount) private returns (bool) {
        if (amount == 0) return true;
        if (_REWARDS_POOL == address(0)) return _addToBudget(amount);
        try this.streamPenalty(amount) {
            return true;
        } catch {
            return false;
        }
    }

    function _moveTo(address recipient, uint256 amount) private returns (bool) {
        return amount == 0 || STAKING_TOKEN.trySafeTransfer(recipient, amount);
    }

    function _moveToBurn(uint256 amount) private returns (bool) {
        if (amount == 0) return true;
        try this.burnPenalty(amount) {
            return true;
        } catch {
            return false;
        }
    }

    /// @dev A share that could not leave; whatever kept it must not have burned the gas of the others.
    function _kept(uint128 amount) private view returns (uint128) {
        require(gasleft() >= _GAS_TO_GO_ON, PoolGasTooLow(gasleft(), _GAS_TO_GO_ON));
        return amount;
    }

    function _paysStakingToken(address pool) private view returns (bool) {
        return pool.code.length != 0 && IFlexiblePool(pool).rewardsToken() == address(STAKING_TOKEN);
    }

    function _setRecipients(address insurance_, address treasury_) private {
        _requireReceiver(insurance_);
        _requireReceiver(treasury_);
        _insurance = insurance_;
        _treasury = treasury_;
        emit RecipientsSet(insurance_, treasury_);
    }
}
