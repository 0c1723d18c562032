// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "../interfaces/IFlexiblePool.sol";
import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";
import {PoolKind} from "../types/PoolKind.sol";
import {FixedTermBudget} from "./FixedTermBudget.sol";

/// @title FixedTermPenalties
/// @notice Principal penalties of a fixed-term pool: booked by exits, divided and sent by anyone later.
/// @dev Exits pay nobody but their receiver, so that no recipient can hold them up. Each share leaves by itself: one
/// that cannot waits and keeps the others from nothing. Penalties are junior to principal: in a pool whose token shrank
/// they wait until the balance covers everybody.
abstract contract FixedTermPenalties is FixedTermBudget {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Split;
    using TokenTransfer for IERC20;

    /// @dev Where tokens without a working `burn` end.
    address private constant _DEAD = 0x000000000000000000000000000000000000dEaD;

    /// @dev Enough for the other shares, for writing down what waits, and for the event.
    uint256 private constant _GAS_TO_GO_ON = 200_000;

    /// @dev What each share may use when a change of recipients sweeps: no recipient uses the gas of another.
    uint256 private constant _SHARE_GAS = 500_000;

    /// @dev What a change of recipients needs where penalties wait: four shares, the sums over `MAX_TERMS` terms, and
    /// what is left for the change itself. Less would let the caller decide that the sweep fails.
    uint256 private constant _CHANGE_GAS = 4_000_000;

    uint16 private immutable _REWARDS_BPS;
    uint16 private immutable _INSURANCE_BPS;
    uint16 private immutable _TREASURY_BPS;
    uint16 private immutable _BURN_BPS;
    address private immutable _REWARDS_POOL;

    address private _insurance;
    address private _treasury;

    modifier onlySelf() {
        require(msg.sender == address(this), PoolOnlySelf(msg.sender));
        _;
    }

    constructor(Config memory config) {
        EarlyWithdrawalPenalty.Split memory split = config.split;
        split.requireWhole();
        _REWARDS_BPS = split.rewardsBps;
        _INSURANCE_BPS = split.insuranceBps;
        _TREASURY_BPS = split.treasuryBps;
        _BURN_BPS = split.burnBps;

        // Without a share it would receive nothing; without the pool the share needs a budget in the same token.
        bool fits =
            config.rewardsPool == address(0)
                ? split.rewardsBps == 0 || SAME_TOKEN
                : split.rewardsBps != 0 && _paysStakingToken(config.rewardsPool);
        require(fits, PoolInvalidRewardsPool(config.rewardsPool));
        _REWARDS_POOL = config.rewardsPool;
        _setRecipients(config.insurance, config.treasury);
    }

    /* KEEPERS */

    /// @inheritdoc IFixedTermPool
    function sweepPenalties() external nonReentrant {
        _sweep(gasleft());
    }

    /* GOVERNANCE */

    /// @inheritdoc IFixedTermPool
    function setRecipients(address insurance_, address treasury_) external restricted nonReentrant {
        if (_heldPenalties() != 0) {
            require(gasleft() >= _CHANGE_GAS, PoolGasTooLow(gasleft(), _CHANGE_GAS));
            // Whatever a recipient or the token does costs this call's gas and nothing else.
            try this.sweepBeforeChange{gas: _CHANGE_GAS - _GAS_TO_GO_ON}() {} catch {}
        }
        _setRecipients(insurance_, treasury_);
    }

    /* THE POOL ITSELF */

    /// @notice Sweeps with bounded gas for each share, or reverts as a whole; only the pool itself calls it.
    function sweepBeforeChange() external onlySelf {
        _sweep(_SHARE_GAS);
    }

    /// @notice Sends `amount` to `recipient`, or reverts; only the pool itself calls it.
    function sendPenalty(address recipient, uint256 amount) external onlySelf {
        STAKING_TOKEN.push(recipient, amount);
    }

    /// @notice Sends `amount` to the rewards pool as a stream, or reverts as a whole; only the pool itself calls it.
    /// @dev Notifies what arrives, at most `amount`: what reaches the other pool by another way is not ours to notify.
    function streamPenalty(uint256 amount) external onlySelf {
        uint256 balanceBefore = STAKING_TOKEN.holding(_REWARDS_POOL);
        STAKING_TOKEN.push(_REWARDS_POOL, amount);
        uint256 arrived = STAKING_TOKEN.holding(_REWARDS_POOL) - balanceBefore;
        IFlexiblePool(_REWARDS_POOL).notifyRewardAmount(Math.min(arrived, amount));
    }

    /// @notice Destroys `amount`, or reverts as a whole; only the pool itself calls it.
    /// @dev A token whose fallback swallows a `burn` that it does not have changes no balance: it is not believed.
    function burnPenalty(uint256 amount) external onlySelf {
        uint256 balanceBefore = STAKING_TOKEN.holding(address(this));
        try ERC20Burnable(address(STAKING_TOKEN)).burn(amount) {} catch {}
        uint256 burned = balanceBefore - STAKING_TOKEN.holding(address(this));
        require(burned == 0 || burned == amount, PoolAmountOutOfRange(burned, amount));
        if (burned == 0) STAKING_TOKEN.push(_DEAD, amount);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function unsweptPenalties() public view returns (EarlyWithdrawalPenalty.Shares memory shares) {
        return _withWaiting(_totals.penalties);
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

    /// @dev Books `amount` in `totals`, which the caller writes. A full counter is divided into what waits: it never
    /// keeps anybody from leaving.
    function _bookPenalty(Totals memory totals, uint256 amount) internal {
        uint256 booked = totals.penalties + amount;
        if (booked > type(uint88).max) {
            _waiting = _withWaiting(booked);
            booked = 0;
        }
        totals.penalties = uint88(booked); // checked above
    }

    /// @dev What waits once `booked` is divided too. Shares of 128 bits hold 2^34 of the largest penalties.
    function _withWaiting(uint256 booked) private view returns (EarlyWithdrawalPenalty.Shares memory shares) {
        EarlyWithdrawalPenalty.Shares memory waiting = _waiting;
        shares = penaltySplit().divide(booked);
        shares.rewards += waiting.rewards;
        shares.insurance += waiting.insurance;
        shares.treasury += waiting.treasury;
        shares.burned += waiting.burned;
    }

    /// @dev Each share leaves with at most `shareGas`.
    function _sweep(uint256 shareGas) private {
        _requireCovered(STAKING_TOKEN);
        EarlyWithdrawalPenalty.Shares memory due = unsweptPenalties();
        EarlyWithdrawalPenalty.Shares memory swept;
        _totals.penalties = 0;
        delete _waiting;

        if (_moveToRewards(due.rewards, shareGas)) swept.rewards = due.rewards;
        else _waiting.rewards = _kept(due.rewards);
        if (_moveTo(_insurance, due.insurance, shareGas)) swept.insurance = due.insurance;
        else _waiting.insurance = _kept(due.insurance);
        if (_moveTo(_treasury, due.treasury, shareGas)) swept.treasury = due.treasury;
        else _waiting.treasury = _kept(due.treasury);
        if (_moveToBurn(due.burned, shareGas)) swept.burned = due.burned;
        else _waiting.burned = _kept(due.burned);
        emit PenaltiesSwept(swept.rewards, swept.insurance, swept.treasury, swept.burned);
    }

    function _moveToRewards(uint256 amount, uint256 shareGas) private returns (bool) {
        if (amount == 0) return true;
        if (_REWARDS_POOL == address(0)) return _addToBudget(amount);
        try this.streamPenalty{gas: shareGas}(amount) {
            return true;
        } catch {
            return false;
        }
    }

    function _moveTo(address recipient, uint256 amount, uint256 shareGas) private returns (bool) {
        if (amount == 0) return true;
        try this.sendPenalty{gas: shareGas}(recipient, amount) {
            return true;
        } catch {
            return false;
        }
    }

    function _moveToBurn(uint256 amount, uint256 shareGas) private returns (bool) {
        if (amount == 0) return true;
        try this.burnPenalty{gas: shareGas}(amount) {
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
        return
            pool.code.length != 0 &&
            IFlexiblePool(pool).kind() == PoolKind.Flexible &&
            IFlexiblePool(pool).rewardsToken() == address(STAKING_TOKEN);
    }

    function _setRecipients(address insurance_, address treasury_) private {
        _requireReceiver(insurance_);
        _requireReceiver(treasury_);
        _insurance = insurance_;
        _treasury = treasury_;
        emit RecipientsSet(insurance_, treasury_);
    }
}
