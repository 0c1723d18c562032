// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolKind} from "../types/PoolKind.sol";

/// @title IRewardDistributor
/// @notice Pays pools by schedules of whole epochs; an epoch accrues at its start, as far as the schedule's balance
/// covers it.
interface IRewardDistributor {
    /// @notice A pool's weight in a schedule.
    /// @param pool The pool; as it says itself, a flexible one, which gets a stream, or a fixed-term one, which gets
    /// budget.
    /// @param weight Its share relative to the sum of all weights; 0 takes it out.
    struct Recipient {
        address pool;
        uint32 weight;
    }

    /// @notice What a schedule is made of; only its weights can change.
    /// @param token Token that it pays.
    /// @param epoch Length of an epoch in seconds: a day, 7 days or 30 days.
    /// @param budget Base units that leave the balance with every epoch, fee included.
    /// @param start Unix time at which the first epoch starts, not in the past.
    /// @param epochs Number of epochs, 1 to 10,000.
    /// @param feeBps Share of the budget that treasury and insurance get; at most 3,500 basis points.
    struct Terms {
        address token;
        uint32 epoch;
        uint128 budget;
        uint40 start;
        uint32 epochs;
        uint16 feeBps;
    }

    /// @notice A schedule as it stands.
    /// @param terms What it is made of.
    /// @param totalWeight Sum of all weights.
    /// @param accruedEpochs Epochs that have accrued, those covered but not yet stored included.
    /// @param uncoveredEpochs Epochs that have started and wait for funds, or for a weight.
    /// @param balance Base units that have not accrued.
    /// @param missing Base units that the uncovered epochs need above `balance`.
    /// @param nextEpoch Unix time at which the next epoch starts; 0 after the last.
    /// @param ended Whether governance has ended it.
    struct ScheduleState {
        Terms terms;
        uint256 totalWeight;
        uint256 accruedEpochs;
        uint256 uncoveredEpochs;
        uint256 balance;
        uint256 missing;
        uint256 nextEpoch;
        bool ended;
    }

    /// @notice A schedule was created.
    event ScheduleCreated(uint256 indexed scheduleId, Terms terms);

    /// @notice The weight of a pool in a schedule changed.
    event WeightSet(uint256 indexed scheduleId, address indexed pool, PoolKind kind, uint256 weight);

    /// @notice `amount` base units joined a schedule's balance.
    event Funded(uint256 indexed scheduleId, address indexed funder, uint256 amount);

    /// @notice `epochs` epochs accrued: `net` base units to the pools, `fee` to treasury and insurance.
    event Accrued(uint256 indexed scheduleId, uint256 epochs, uint256 net, uint256 fee);

    /// @notice `amount` base units were sent to `pool`.
    event Distributed(uint256 indexed scheduleId, address indexed pool, uint256 amount);

    /// @notice A schedule was ended; `refund` base units that had not accrued went to `to`.
    event ScheduleEnded(uint256 indexed scheduleId, address indexed to, uint256 refund);

    /// @notice Fees left for their recipients; a share that could not leave counts as 0 and waits.
    event FeesSwept(address indexed token, uint256 insurance, uint256 treasury);

    /// @notice The recipients of fees changed.
    event RecipientsSet(address indexed insurance, address indexed treasury);

    /// @notice `amount` base units of `token` that were owed to nobody were sent to `to`.
    event Rescued(address indexed token, address indexed to, uint256 amount);

    /// @notice There are `scheduleCount` schedules; this one is not among them.
    error DistributorScheduleUnknown(uint256 scheduleId, uint256 scheduleCount);

    /// @notice The schedule was ended.
    error DistributorScheduleEnded(uint256 scheduleId);

    /// @notice An epoch is a day, 7 days or 30 days.
    error DistributorInvalidEpoch(uint256 epoch);

    /// @notice A number of epochs outside [1, `maximum`].
    error DistributorEpochsOutOfRange(uint256 epochs, uint256 maximum);

    /// @notice The start lies before `earliest`.
    error DistributorStartInPast(uint256 start, uint256 earliest);

    /// @notice The fee is above the ceiling.
    error DistributorFeeAboveCeiling(uint256 feeBps, uint256 ceilingBps);

    /// @notice The insurance share is above the whole.
    error DistributorShareAboveWhole(uint256 shareBps, uint256 wholeBps);

    /// @notice The amount is zero.
    error DistributorZeroAmount();

    /// @notice The schedule holds everything that it can still use.
    error DistributorFullyFunded(uint256 scheduleId);

    /// @notice A receiver that could never use what it is sent.
    error DistributorInvalidReceiver(address receiver);

    /// @notice The address does not say that it is a pool of a known kind.
    error DistributorInvalidPool(address pool, PoolKind kind);

    /// @notice The pool pays rewards in `rewardsToken`, the schedule pays `token`; zero for a pool that does not say.
    error DistributorWrongToken(address pool, address rewardsToken, address token);

    /// @notice Too little gas to try to send fees and go on whatever becomes of it: give the call more.
    error DistributorGasTooLow(uint256 gasLeft, uint256 needed);

    /// @notice Only the distributor itself may call this.
    error DistributorOnlySelf(address caller);

    /// @notice Nothing has accrued to the pool.
    error DistributorNothingDue(uint256 scheduleId, address pool);

    /// @notice The fixed-term pool left `left` of the base units that it was to pull.
    error DistributorNotTaken(address pool, uint256 left);

    /// @notice A rescue of more than the `surplus` that is above all liabilities.
    error DistributorRescueExceedsSurplus(address token, uint256 amount, uint256 surplus);

    /* ANYONE */

    /// @notice Adds base units of the caller's tokens to a schedule; credits what arrives.
    /// @dev Errors: `DistributorScheduleUnknown`, `DistributorScheduleEnded`, `DistributorZeroAmount`,
    /// `DistributorFullyFunded`, `TokenNothingReceived`. It takes what can be used, rather than refusing what cannot,
    /// so that a stranger's single unit does not spoil a payment of exactly the rest.
    /// @param amount Most to take, above 0; no more is taken than all epochs together can still use.
    /// @return received What arrived and was credited.
    function fund(uint256 scheduleId, uint256 amount) external returns (uint256 received);

    /// @notice Pays `pool` what accrued to it and nothing else; if the pool refuses, only this call reverts.
    /// @dev Errors: `DistributorScheduleUnknown`, `DistributorNothingDue`, `DistributorNotTaken`, the pool's own. A
    /// claim's fraction of a unit waits for the next epoch.
    /// @return amount Base units sent; less may arrive of a token that charges for transfers.
    function distribute(uint256 scheduleId, address pool) external returns (uint256 amount);

    /// @notice Sends the fees taken in `token` to insurance and treasury; a share that cannot leave waits.
    /// @dev A transfer gets 300,000 gas at most. Errors: `DistributorGasTooLow`.
    function sweepFees(address token) external;

    /* GOVERNANCE */

    /// @notice Creates a schedule; for governance, after its delay.
    /// @dev Errors: `TokenWithoutCode`, `DistributorInvalidEpoch`, `DistributorZeroAmount`,
    /// `DistributorEpochsOutOfRange`, `DistributorStartInPast`, `DistributorFeeAboveCeiling`,
    /// `DistributorInvalidPool`, `DistributorWrongToken`.
    /// @param recipients_ First weights; the caller's gas bounds how many.
    function createSchedule(
        Terms calldata terms,
        Recipient[] calldata recipients_
    ) external returns (uint256 scheduleId);

    /// @notice Sets weights from now on; what is due and covered accrues by the old ones first.
    /// @dev Pools that are not named keep theirs. A pool is asked for its kind and its token when it gets a weight,
    /// and not when it is taken out, so that none stays by refusing to answer. Errors: `DistributorScheduleUnknown`,
    /// `DistributorScheduleEnded`, `DistributorInvalidPool`, `DistributorWrongToken`.
    function setWeights(uint256 scheduleId, Recipient[] calldata recipients_) external;

    /// @notice Ends a schedule: what is due accrues and stays payable, the rest of its balance goes to `refundTo`.
    /// @dev Errors: `DistributorScheduleUnknown`, `DistributorScheduleEnded`, `DistributorInvalidReceiver`.
    function endSchedule(uint256 scheduleId, address refundTo) external returns (uint256 refund);

    /// @notice Sets who receives fees, and first sends those booked in `tokens` to the recipients of their time.
    /// @dev What cannot leave waits for the new ones, whoever keeps it: no recipient and no token can stop the change,
    /// since each transfer gets 300,000 gas at most, and the call must bring enough for all of them. Fees of tokens
    /// that are not named, and of epochs that have not accrued yet, go to the new recipients. Errors:
    /// `DistributorInvalidReceiver`, `DistributorGasTooLow`.
    function setRecipients(address insurance_, address treasury_, address[] calldata tokens) external;

    /// @notice Sends base units of `token` above all liabilities to `to`.
    /// @dev Errors: `DistributorInvalidReceiver`, `DistributorRescueExceedsSurplus`.
    function rescue(address token, address to, uint256 amount) external;

    /* VIEWS */

    /// @notice A schedule as it stands.
    function schedule(uint256 scheduleId) external view returns (ScheduleState memory);

    /// @notice Number of schedules; ids are below it.
    function scheduleCount() external view returns (uint256);

    /// @notice What `distribute` would pay now, in base units.
    function pending(uint256 scheduleId, address pool) external view returns (uint256);

    /// @notice Kind and weight of a pool in a schedule.
    function weightOf(uint256 scheduleId, address pool) external view returns (PoolKind kind, uint256 weight);

    /// @notice Fees taken in `token` that wait to be swept, in base units.
    function feesOwed(address token) external view returns (uint256 insurance, uint256 treasury);

    /// @notice Base units of `token` that are in schedules, accrued to pools or taken as fees.
    function liabilities(address token) external view returns (uint256);

    /// @notice Who receives fees.
    function recipients() external view returns (address insurance, address treasury);

    /// @notice Share of fees that insurance gets, in basis points; treasury gets the rest.
    function insuranceShareBps() external view returns (uint256);
}
