// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EarlyWithdrawalPenalty} from "contracts/libraries/EarlyWithdrawalPenalty.sol";

/// @notice Theorems about the library itself, for every valid schedule, amount and time.
contract PenaltyProof {
    function penaltyIsAtMostPrincipal(
        EarlyWithdrawalPenalty.Schedule memory schedule,
        uint128 amount,
        uint32 elapsed,
        uint32 duration
    ) external pure {
        require(schedule.startBps <= 2_500 && schedule.endBps <= schedule.startBps);
        assert(EarlyWithdrawalPenalty.principalPenalty(schedule, amount, elapsed, duration) <= amount);
    }

    function penaltyNeverRises(
        EarlyWithdrawalPenalty.Schedule memory schedule,
        uint128 amount,
        uint32 earlier,
        uint32 later,
        uint32 duration
    ) external pure {
        require(schedule.startBps <= 2_500 && schedule.endBps <= schedule.startBps && earlier <= later);
        uint256 before = EarlyWithdrawalPenalty.principalPenalty(schedule, amount, earlier, duration);
        assert(EarlyWithdrawalPenalty.principalPenalty(schedule, amount, later, duration) <= before);
    }
}
