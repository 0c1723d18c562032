// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {FixedTermReward} from "../libraries/FixedTermReward.sol";
import {Pool} from "./Pool.sol";

/// @title FixedTermTerms
/// @notice The terms of a fixed-term pool: added and closed, never edited.
abstract contract FixedTermTerms is Pool, IFixedTermPool {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Schedule;

    /// @dev Three slots: what every operation writes and leaving reads; what opening reads besides; what only views
    /// read. Counting what is left below the caps, and not what is taken, keeps the caps themselves out of operations.
    struct StoredTerm {
        uint96 principalLeft;
        uint96 rewardLeft;
        uint32 duration;
        uint16 startBps;
        uint16 endBps;
        //
        uint64 rate;
        uint96 minimum;
        uint16 forfeitedBps;
        bool paused;
        bool closed;
        //
        uint96 principalCap;
        uint96 rewardCap;
    }

    uint256 private constant _MINIMUM_TERM = 1 days;

    uint16 private _termCount;
    mapping(uint256 termId => StoredTerm) internal _terms;

    /* GUARDIAN */

    /// @inheritdoc IFixedTermPool
    function pauseTerm(uint256 termId) external restricted {
        _knownTerm(termId).paused = true;
        emit TermPaused(termId);
    }

    /* GOVERNANCE */

    /// @inheritdoc IFixedTermPool
    function unpauseTerm(uint256 termId) external restricted {
        _knownTerm(termId).paused = false;
        emit TermUnpaused(termId);
    }

    /// @inheritdoc IFixedTermPool
    function addTerm(Term calldata newTerm) external restricted returns (uint256 termId) {
        return _addTerm(newTerm);
    }

    /// @inheritdoc IFixedTermPool
    function closeTerm(uint256 termId) external restricted {
        _knownTerm(termId).closed = true;
        emit TermClosed(termId);
    }

    /* VIEWS */

    /// @inheritdoc IFixedTermPool
    function term(uint256 termId) external view returns (TermState memory) {
        StoredTerm storage stored = _knownTerm(termId);
        return
            TermState({
                terms: Term({
                    duration: stored.duration,
                    rate: stored.rate,
                    minimum: stored.minimum,
                    principalCap: stored.principalCap,
                    rewardCap: stored.rewardCap,
                    penalty: _schedule(stored)
                }),
                openPrincipal: stored.principalCap - stored.principalLeft,
                reservedReward: stored.rewardCap - stored.rewardLeft,
                paused: stored.paused,
                closed: stored.closed
            });
    }

    /// @inheritdoc IFixedTermPool
    function termCount() public view returns (uint256) {
        return _termCount;
    }

    /* INTERNAL */

    function _addTerm(Term memory newTerm) internal returns (uint256 termId) {
        _requireDuration(newTerm.duration, _MINIMUM_TERM);
        _requireLimits(newTerm.minimum, newTerm.principalCap);
        require(
            newTerm.rate != 0 && newTerm.rate <= FixedTermReward.ONE,
            PoolRateOutOfRange(newTerm.rate, FixedTermReward.ONE)
        );
        newTerm.penalty.requireValid();

        termId = _termCount++;
        StoredTerm storage stored = _terms[termId];
        stored.principalLeft = newTerm.principalCap;
        stored.rewardLeft = newTerm.rewardCap;
        stored.duration = newTerm.duration;
        stored.startBps = newTerm.penalty.startBps;
        stored.endBps = newTerm.penalty.endBps;
        stored.rate = newTerm.rate;
        stored.minimum = newTerm.minimum;
        stored.forfeitedBps = newTerm.penalty.forfeitedBps;
        stored.principalCap = newTerm.principalCap;
        stored.rewardCap = newTerm.rewardCap;
        emit TermAdded(termId, newTerm);
    }

    function _knownTerm(uint256 termId) internal view returns (StoredTerm storage stored) {
        stored = _terms[termId];
        if (stored.duration == 0) revert PoolTermUnknown(termId, _termCount);
    }

    /// @dev A term that takes openings and renewals.
    function _openTerm(uint256 termId) internal view returns (StoredTerm storage stored) {
        stored = _knownTerm(termId);
        require(!stored.closed, PoolTermClosed(termId));
        require(!stored.paused, PoolTermPaused(termId));
    }

    /// @dev Counts a new position in.
    function _enterTerm(StoredTerm storage stored, uint256 principal, uint256 reward) internal {
        (uint256 principalLeft, uint256 rewardLeft) = (stored.principalLeft, stored.rewardLeft);
        require(principal <= principalLeft, PoolCapExceeded(principal, principalLeft));
        require(reward <= rewardLeft, PoolRewardCapExceeded(reward, rewardLeft));
        unchecked {
            stored.principalLeft = uint96(principalLeft - principal); // checked above
            stored.rewardLeft = uint96(rewardLeft - reward); // checked above
        }
    }

    /// @dev Counts out what a position gives up.
    function _leaveTerm(StoredTerm storage stored, uint256 principal, uint256 reward) internal {
        unchecked {
            stored.principalLeft += uint96(principal); // taken by `_enterTerm`
            stored.rewardLeft += uint96(reward); // taken by `_enterTerm`
        }
    }

    function _schedule(StoredTerm storage stored) internal view returns (EarlyWithdrawalPenalty.Schedule memory) {
        return EarlyWithdrawalPenalty.Schedule(stored.startBps, stored.endBps, stored.forfeitedBps);
    }
}
