// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../interfaces/IFixedTermPool.sol";
import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {FixedTermReward} from "../libraries/FixedTermReward.sol";
import {FixedTermPoolState} from "./FixedTermPoolState.sol";

/// @title FixedTermTerms
/// @notice The terms of a fixed-term pool: added and closed, never edited.
abstract contract FixedTermTerms is FixedTermPoolState {
    using EarlyWithdrawalPenalty for EarlyWithdrawalPenalty.Schedule;

    uint256 private constant _MINIMUM_TERM = 1 days;

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
    function termCount() external view returns (uint256) {
        return _termCount;
    }

    /// @inheritdoc IFixedTermPool
    function maximumTerms() external pure returns (uint256) {
        return MAX_TERMS;
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

        termId = _termCount;
        require(termId < MAX_TERMS, PoolTooManyTerms(MAX_TERMS));
        _termCount = uint16(termId + 1); // at most MAX_TERMS
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

    /// @dev Counts out what a position gives up.
    function _leaveTerm(StoredTerm storage stored, uint256 principal, uint256 reward) internal {
        unchecked {
            stored.principalLeft += uint96(principal); // taken at opening
            stored.rewardLeft += uint96(reward); // taken at opening
        }
    }

    function _schedule(StoredTerm storage stored) internal view returns (EarlyWithdrawalPenalty.Schedule memory) {
        return EarlyWithdrawalPenalty.Schedule(stored.startBps, stored.endBps, stored.forfeitedBps);
    }
}
