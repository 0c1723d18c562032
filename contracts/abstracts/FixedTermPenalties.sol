// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "../interfaces/IFlexiblePool.sol";
import {IPool} from "../interfaces/IPool.sol";
import {IPoolTokens} from "../interfaces/IPoolTokens.sol";
import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {BoundedRead} from "../libraries/BoundedRead.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";
import {PoolKind} from "../types/PoolKind.sol";
import {FixedTermBudget} from "./FixedTermBudget.sol";

/// @title FixedTermPenalties
/// @notice Principal penalties of a fixed-term pool: booked by exits, divided and sent by anyone later.
/// @dev Exits pay nobody but their receiver, so that no recipient can hold them up. Each share leaves by itself: one
/// that cannot waits and keeps the others from nothing. Penalties are junior to principal: in a pool whose token
/// shrank they wait until the balance covers everybody.
abstract contract FixedTermPenalties is FixedTermBudget {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Split;
    using BoundedRead for address;
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

    address private immutable _REWARDS_POOL;

    /// @dev Never changes; only sweeps and views read it.
    EarlyWithdrawalPenalty.Split private _split;

    address private _insurance;
    address private _treasury;

    constructor(Config memory config) {
        EarlyWithdrawalPenalty.Split memory split = config.split;
        split.requireWhole();
        _split = split;

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
        // A change of recipients bounds each share: no recipient uses the gas of another.
        uint256 shareGas = msg.sender == address(this) ? _SHARE_GAS : gasleft();
        _requireCovered(STAKING_TOKEN);
        EarlyWithdrawalPenalty.Shares memory due = unsweptPenalties();
        EarlyWithdrawalPenalty.Shares memory kept;
        _totals.penalties = 0;
        delete _waiting;

        kept.rewards = _move(_REWARDS_POOL, due.rewards, shareGas);
        kept.insurance = _move(_insurance, due.insurance, shareGas);
        kept.treasury = _move(_treasury, due.treasury, shareGas);
        kept.burned = _move(_DEAD, due.burned, shareGas);
        _waiting = kept;
        unchecked {
            emit PenaltiesSwept(
                due.rewards - kept.rewards, // each is kept whole or not at all
                due.insurance - kept.insurance,
                due.treasury - kept.treasury,
                due.burned - kept.burned
            );
        }
    }

    /* GOVERNANCE */

    /// @inheritdoc IFixedTermPool
    /// @dev Refused while the lock is held, since the sweep that it tries would be; it takes no lock, which the sweep
    /// does.
    function setRecipients(address insurance_, address treasury_) external restricted nonReentrantView {
        if (_heldPenalties() != 0) {
            require(gasleft() >= _CHANGE_GAS, PoolGasTooLow(gasleft(), _CHANGE_GAS));
            // Whatever a recipient or the token does costs this call's gas and nothing else.
            try this.sweepPenalties{gas: _CHANGE_GAS - _GAS_TO_GO_ON}() {} catch {}
        }
        _setRecipients(insurance_, treasury_);
    }

    /* THE POOL ITSELF */

    /// @notice Moves a share of `amount` to where it belongs, or reverts as a whole; only the pool itself calls it.
    function movePenalty(address to, uint256 amount) external {
        require(msg.sender == address(this), PoolOnlySelf(msg.sender));
        if (to == _REWARDS_POOL) _stream(amount);
        else if (to == _DEAD) _destroy(amount);
        else STAKING_TOKEN.push(to, amount);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function unsweptPenalties() public view returns (EarlyWithdrawalPenalty.Shares memory shares) {
        return _withWaiting(_totals.penalties);
    }

    /// @inheritdoc IFixedTermPool
    function penaltySplit() public view returns (EarlyWithdrawalPenalty.Split memory) {
        return _split;
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

    /// @dev A full counter is divided into what waits: it never keeps anybody from leaving.
    function _bookPenalty(uint256 amount) internal {
        uint256 booked = _totals.penalties + amount;
        if (booked > type(uint88).max) {
            _waiting = _withWaiting(booked);
            booked = 0;
        }
        _totals.penalties = uint88(booked); // checked above
    }

    /// @dev What waits once `booked` is divided too.
    function _withWaiting(uint256 booked) private view returns (EarlyWithdrawalPenalty.Shares memory shares) {
        EarlyWithdrawalPenalty.Shares memory waiting = _waiting;
        shares = penaltySplit().divide(booked);
        unchecked {
            shares.rewards += waiting.rewards; // one penalty is below 2^94: it takes 2^34 of the largest to fill these
            shares.insurance += waiting.insurance;
            shares.treasury += waiting.treasury;
            shares.burned += waiting.burned;
        }
    }

    /// @dev Returns what could not leave; whatever kept it must not have burned the gas of the other shares.
    function _move(address to, uint128 amount, uint256 shareGas) private returns (uint128 kept) {
        if (amount == 0) return 0;
        if (to == address(0)) {
            return _addToBudget(amount) ? 0 : amount;
        }
        try this.movePenalty{gas: shareGas}(to, amount) {
            return 0;
        } catch {
            require(gasleft() >= _GAS_TO_GO_ON, PoolGasTooLow(gasleft(), _GAS_TO_GO_ON));
            return amount;
        }
    }

    /// @dev Notifies the rewards pool of what arrives there, at most `amount`: what reaches it by another way is not
    /// ours to notify.
    function _stream(uint256 amount) private {
        uint256 balanceBefore = STAKING_TOKEN.holding(_REWARDS_POOL);
        STAKING_TOKEN.push(_REWARDS_POOL, amount);
        uint256 arrived = STAKING_TOKEN.holding(_REWARDS_POOL) - balanceBefore;
        IFlexiblePool(_REWARDS_POOL).notifyRewardAmount(Math.min(arrived, amount));
    }

    /// @dev A token whose fallback swallows a `burn` that it does not have changes no balance: it is not believed.
    function _destroy(uint256 amount) private {
        uint256 balanceBefore = STAKING_TOKEN.holding(address(this));
        try ERC20Burnable(address(STAKING_TOKEN)).burn(amount) {} catch {}
        uint256 burned = balanceBefore - STAKING_TOKEN.holding(address(this));
        require(burned == 0 || burned == amount, PoolAmountOutOfRange(burned, amount));
        if (burned == 0) STAKING_TOKEN.push(_DEAD, amount);
    }

    function _paysStakingToken(address pool) private view returns (bool) {
        (, uint256 kind_) = pool.word(abi.encodeCall(IPool.kind, ()));
        (, uint256 rewardsToken_) = pool.word(abi.encodeCall(IPoolTokens.rewardsToken, ()));
        return kind_ == uint256(PoolKind.Flexible) && rewardsToken_ == uint160(address(STAKING_TOKEN));
    }

    function _setRecipients(address insurance_, address treasury_) private {
        _requireReceiver(insurance_);
        _requireReceiver(treasury_);
        _insurance = insurance_;
        _treasury = treasury_;
        emit RecipientsSet(insurance_, treasury_);
    }
}
