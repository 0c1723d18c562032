// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {IPool} from "./IPool.sol";

/// @title IFixedTermPool
/// @notice A pool of fixed terms: the rate is promised, and its whole reward reserved, at opening; a position is an
/// ERC-721.
interface IFixedTermPool is IPool, IERC721 {
    /// @notice A term; it is added and closed, never edited.
    /// @param duration Seconds from opening to maturity: a day to four years.
    /// @param rate Yearly rate; 1e18 is 100 %, the ceiling; above 0.
    /// @param minimum Fewest base units of principal of one opening, at least 1.
    /// @param principalCap Most base units of open principal; 2^96 − 1 stands for no cap.
    /// @param rewardCap Most base units of reserved reward; 2^96 − 1 stands for no cap.
    /// @param penalty What leaving early costs: a share of principal, or else the whole accrued reward.
    struct Term {
        uint32 duration;
        uint64 rate;
        uint96 minimum;
        uint96 principalCap;
        uint96 rewardCap;
        EarlyWithdrawalPenalty.Schedule penalty;
    }

    /// @notice A term as it stands.
    /// @param terms What was added.
    /// @param openPrincipal Base units of principal open in it.
    /// @param reservedReward Base units of reward reserved for it.
    /// @param paused Whether the guardian has paused openings and renewals.
    /// @param closed Whether it is closed for ever to openings and renewals.
    struct TermState {
        Term terms;
        uint256 openPrincipal;
        uint256 reservedReward;
        bool paused;
        bool closed;
    }

    /// @notice A position as it stands.
    /// @param owner Who owns the ERC-721.
    /// @param termId Its term.
    /// @param principal Base units of the staking token.
    /// @param reward Base units of the rewards token, paid at maturity.
    /// @param openedAt Unix time of opening, in seconds.
    /// @param maturity Unix time of maturity, in seconds.
    /// @param autoRenew Whether anyone may renew it at maturity, or may still: auto-renew is set and has not lapsed.
    struct PositionState {
        address owner;
        uint256 termId;
        uint256 principal;
        uint256 reward;
        uint256 openedAt;
        uint256 maturity;
        bool autoRenew;
    }

    /// @notice What a pool is made of.
    /// @param authority OpenZeppelin AccessManager that governs the pool; the zero address leaves it ungoverned.
    /// @param stakingToken Token that is staked.
    /// @param rewardsToken Token that rewards are paid in; may be the staking token.
    /// @param conversion Reward units for 1e18 stake units of equal worth, above 0 and below 2^128; exactly 1e18 where
    /// both tokens are the same.
    /// @param renderer Draws the positions (`IPositionRenderer`).
    /// @param rewardsPool Flexible pool that pays the staking token and receives the rewards share of penalties. Where
    /// both tokens are the same it may be the zero address: the share then joins the pool's own budget, which
    /// governance can withdraw. The zero address where rewards have no share.
    /// @param insurance First recipient of the insurance share.
    /// @param treasury First recipient of the treasury share.
    /// @param split Where principal penalties go.
    /// @param terms First terms, ids from 0 on; the init code leaves room for about 96, and a factory takes 64.
    /// `addTerm` adds the others, up to 256.
    struct Config {
        address authority;
        address stakingToken;
        address rewardsToken;
        uint256 conversion;
        address renderer;
        address rewardsPool;
        address insurance;
        address treasury;
        EarlyWithdrawalPenalty.Split split;
        Term[] terms;
    }

    /* EVENTS */

    /// @notice A position was opened, also by a renewal or as the remainder of a partial exit.
    event Opened(
        uint256 indexed positionId,
        address indexed owner,
        uint256 indexed termId,
        uint256 principal,
        uint256 reward,
        uint256 maturity
    );

    /// @notice A mature position was closed; `principal` and `reward` base units left for `receiver`.
    event Withdrawn(uint256 indexed positionId, address indexed receiver, uint256 principal, uint256 reward);

    /// @notice A position was left by `withdrawEarly`; `remainderId` is the position that keeps the rest, or 0.
    event WithdrawnEarly(
        uint256 indexed positionId,
        address indexed receiver,
        uint256 principalOut,
        uint256 rewardOut,
        uint256 principalPenalty,
        uint256 forfeitedReward,
        uint256 remainderId
    );

    /// @notice A mature position was renewed as `newPositionId`; `reward` was compounded, paid to the owner, or is
    /// owed to the owner.
    event Renewed(uint256 indexed positionId, uint256 indexed newPositionId, uint256 reward);

    /// @notice Anyone may renew the position in `termId` from maturity on, up to `window` seconds later; set by the
    /// owner or an approved account, or carried on from the position that this one replaces.
    event AutoRenewSet(uint256 indexed positionId, uint256 indexed termId, uint256 window, bool repeats);

    /// @notice Auto-renew was cancelled, or ended with a transfer.
    event AutoRenewCleared(uint256 indexed positionId);

    /// @notice A reward could not be transferred, or not be compounded below a cap; `amount` base units are owed to
    /// `account`.
    event RewardDeferred(address indexed account, uint256 amount);

    /// @notice `amount` base units owed to `account` were paid to `receiver`.
    event OwedClaimed(address indexed account, address indexed receiver, uint256 amount);

    /// @notice `amount` base units joined the reward budget.
    event Funded(address indexed funder, uint256 amount);

    /// @notice `amount` unreserved base units of the budget were withdrawn to `to`.
    event BudgetWithdrawn(address indexed to, uint256 amount);

    /// @notice A term was added.
    event TermAdded(uint256 indexed termId, Term term);

    /// @notice A term was closed for ever.
    event TermClosed(uint256 indexed termId);

    /// @notice A term was paused by the guardian.
    event TermPaused(uint256 indexed termId);

    /// @notice A term was unpaused by governance.
    event TermUnpaused(uint256 indexed termId);

    /// @notice Penalty shares left the pool, or joined its budget; a share that could not leave counts as 0 and waits.
    event PenaltiesSwept(uint256 rewards, uint256 insurance, uint256 treasury, uint256 burned);

    /// @notice The recipients of penalty shares changed.
    event RecipientsSet(address indexed insurance, address indexed treasury);

    /* ERRORS */

    /// @notice There are `termCount` terms; this one is not among them.
    error PoolTermUnknown(uint256 termId, uint256 termCount);

    /// @notice The term is closed.
    error PoolTermClosed(uint256 termId);

    /// @notice The term is paused.
    error PoolTermPaused(uint256 termId);

    /// @notice The rate is 0 or above the ceiling.
    error PoolRateOutOfRange(uint256 rate, uint256 ceiling);

    /// @notice The pool has as many terms as it can have.
    error PoolTooManyTerms(uint256 maximum);

    /// @notice The conversion is 0 or above the limit; or it is not 1e18 although both tokens are the same.
    error PoolConversionOutOfRange(uint256 conversion, uint256 limit);

    /// @notice The rewards pool named for penalties must be a flexible pool that pays the staking token. It is named
    /// where rewards have a share of penalties, and only there; a pool of one token may leave it out.
    error PoolInvalidRewardsPool(address rewardsPool);

    /// @notice `needed` base units of reward exceed the `available` budget; `missing` is the difference.
    error PoolBudgetTooSmall(uint256 needed, uint256 available, uint256 missing);

    /// @notice The reward would be zero, or less than asked for.
    error PoolRewardBelowMinimum(uint256 reward, uint256 minReward);

    /// @notice The reward would exceed what is left below the term's cap on reserved reward.
    error PoolRewardCapExceeded(uint256 reward, uint256 capLeft);

    /// @notice The payout would be less than asked for.
    error PoolPayoutBelowMinimum(
        uint256 principalOut,
        uint256 minPrincipalOut,
        uint256 rewardOut,
        uint256 minRewardOut
    );

    /// @notice An amount leaves the range that the pool counts in: at most `limit` fits.
    error PoolAmountOutOfRange(uint256 amount, uint256 limit);

    /// @notice The pool holds `balance` base units of the token, fewer than the `needed` that it owes apart from its
    /// budget: the token has shrunk.
    error PoolLiabilitiesUncovered(uint256 balance, uint256 needed);

    /// @notice The caller neither owns the position nor is approved for it, nor is auto-renew set for that term.
    error PoolNotAuthorized(address caller, uint256 positionId);

    /// @notice Only the owner of the position may do this, and no approved account.
    error PoolNotOwner(address caller, uint256 positionId);

    /// @notice The window, in seconds, is outside [`minimum`, `maximum`] or not a whole number of hours.
    error PoolAutoRenewWindowOutOfRange(uint256 window, uint256 minimum, uint256 maximum);

    /// @notice Anyone could renew the position until the Unix time `until`; only owner and approved can now.
    error PoolAutoRenewLapsed(uint256 positionId, uint256 until);

    /// @notice No such position was ever opened.
    error PoolPositionUnknown(uint256 positionId);

    /// @notice The position is already withdrawn, renewed or replaced by its remainder.
    error PoolPositionClosed(uint256 positionId);

    /// @notice The position matures at `maturity`.
    error PoolNotMature(uint256 positionId, uint256 maturity);

    /// @notice More than the position's principal.
    error PoolAmountAbovePrincipal(uint256 amount, uint256 principal);

    /// @notice Nothing is owed to `account`.
    error PoolNothingOwed(address account);

    /// @notice Less gas is left than `needed`: for the shares after one that burned the sweep's gas, or for a change
    /// of recipients that has to sweep first.
    error PoolGasTooLow(uint256 gasLeft, uint256 needed);

    /// @notice Only the pool itself may call this.
    error PoolOnlySelf(address caller);

    /* STAKERS */

    /// @notice Opens a position for `receiver`, who owns it, with `amount` base units of the caller's staking tokens.
    /// @param minReward Fewest base units of reward accepted, computed on what arrives.
    /// @return positionId Id of the ERC-721, from 1 on.
    function open(
        uint256 termId,
        uint256 amount,
        address receiver,
        uint256 minReward
    ) external returns (uint256 positionId);

    /// @notice Opens with an ERC-2612 permit signed by the caller; works on an allowance too if the permit was used
    /// already.
    function openWithPermit(
        uint256 termId,
        uint256 amount,
        address receiver,
        uint256 minReward,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 positionId);

    /// @notice Closes a mature position and pays principal and reward to `receiver`.
    /// @dev A reward that its token refuses to transfer is owed to the position's owner.
    function withdraw(uint256 positionId, address receiver) external returns (uint256 principal, uint256 reward);

    /// @notice Takes `amount` of the principal out at any time, at the penalty of the position's term; from maturity
    /// on at none. What stays continues under a new id with the same term, opening and maturity.
    function withdrawEarly(
        uint256 positionId,
        uint256 amount,
        address receiver,
        uint256 minPrincipalOut,
        uint256 minRewardOut
    ) external returns (uint256 principalOut, uint256 rewardOut);

    /// @notice Renews a mature position for its owner, from now on. The reward is paid to the owner where the tokens
    /// differ; where they are the same it is compounded, or owed to the owner if the compounded position or its reward
    /// would exceed a cap of the term. Owner and approved renew in any term at any time; anyone else as auto-renew
    /// says.
    /// @dev Auto-renew that repeats is carried on by a renewal in its own term, and dropped by one in another.
    function renew(uint256 positionId, uint256 termId, uint256 minReward) external returns (uint256 newPositionId);

    /// @notice Lets anyone renew the position in `termId`, at maturity and up to `window` later: once, or with
    /// `repeats` again at each later maturity, until cancelled. A transfer ends it; the remainder of a partial exit
    /// keeps it.
    /// @dev It can be cancelled with certainty until maturity, after that only before somebody renews.
    /// Errors: `PoolNotAuthorized`, `PoolNotOwner`, `PoolTermUnknown`, `PoolTermClosed`, `PoolTermPaused`,
    /// `PoolAutoRenewWindowOutOfRange`, and `PoolAutoRenewLapsed` where the window is over already.
    /// @param window Seconds: whole hours, from one hour to 30 days.
    /// @param repeats Whether the new position carries auto-renew on; only the owner may ask for that.
    function setAutoRenew(uint256 positionId, uint256 termId, uint256 window, bool repeats) external;

    /// @notice Cancels auto-renew.
    function cancelAutoRenew(uint256 positionId) external;

    /// @notice Pays the caller's owed rewards to `receiver`.
    function claimOwed(address receiver) external returns (uint256 amount);

    /* FUNDERS AND KEEPERS */

    /// @notice Adds `amount` base units of the caller's reward tokens to the budget, irrevocably; credits what
    /// arrives, at most `amount`.
    /// @dev Errors, in this order: `PoolZeroAmount`, the token's own, `TokenNothingReceived`, `PoolAmountOutOfRange`.
    function fund(uint256 amount) external returns (uint256 received);

    /// @notice Sends penalty shares where they belong; a share whose recipient refuses it waits.
    /// @dev Errors: `PoolLiabilitiesUncovered`, `PoolGasTooLow`.
    function sweepPenalties() external;

    /* GUARDIAN */

    /// @notice Pauses openings and renewals in a term, at once.
    function pauseTerm(uint256 termId) external;

    /* GOVERNANCE */

    /// @notice Unpauses a term.
    function unpauseTerm(uint256 termId) external;

    /// @notice Adds a term.
    /// @dev Errors: `PoolDurationOutOfRange`, `PoolLimitsOutOfRange`, `PoolRateOutOfRange`, `PoolTooManyTerms`, and of
    /// the penalty `PenaltyAboveCeiling`, `PenaltyRises`, `PenaltyForfeitsTooMuch`, `PenaltyMissing`.
    function addTerm(Term calldata newTerm) external returns (uint256 termId);

    /// @notice Closes a term for ever; open positions are untouched.
    function closeTerm(uint256 termId) external;

    /// @notice Sets who receives the insurance and treasury shares of penalties booked from now on. What was booked is
    /// swept first; what cannot leave waits for the new recipients, and no recipient can stop the change.
    /// @dev Errors: `PoolInvalidReceiver`, and `PoolGasTooLow` where penalties wait.
    function setRecipients(address insurance_, address treasury_) external;

    /// @notice Withdraws `amount` base units of the budget, or all of it if it is less.
    /// @dev Everything else that the pool owes in that token is senior: the balance must cover it afterwards.
    /// Errors: `PoolInvalidReceiver`, `PoolZeroAmount` if there is nothing, `PoolLiabilitiesUncovered`.
    /// @return withdrawn Base units of the rewards token that left.
    function withdrawBudget(address to, uint256 amount) external returns (uint256 withdrawn);

    /* VIEWS */

    /// @notice Reward and maturity of an opening now with `amount` base units arriving; caps and budget apart.
    function previewOpen(uint256 termId, uint256 amount) external view returns (uint256 reward, uint256 maturity);

    /// @notice What `withdrawEarly` would pay and take now, exactly.
    /// @return principalOut Base units of the staking token paid.
    /// @return rewardOut Base units of the rewards token paid.
    /// @return principalPenalty Base units of the staking token taken; `amount − principalOut`.
    /// @return forfeitedReward Base units of the rewards token that have accrued and are not paid.
    function previewWithdrawEarly(
        uint256 positionId,
        uint256 amount
    )
        external
        view
        returns (uint256 principalOut, uint256 rewardOut, uint256 principalPenalty, uint256 forfeitedReward);

    /// @notice A position as it stands.
    function position(uint256 positionId) external view returns (PositionState memory);

    /// @notice Auto-renew of a position as it was set, lapsed or not; zeros if it is not set.
    /// @return termId Term to renew in.
    /// @return window Seconds from maturity in which anyone may renew.
    /// @return repeats Whether the new position carries it on.
    function autoRenewOrder(uint256 positionId) external view returns (uint256 termId, uint256 window, bool repeats);

    /// @notice Number of positions ever opened, which is the highest id.
    function positionCount() external view returns (uint256);

    /// @notice A term as it stands.
    function term(uint256 termId) external view returns (TermState memory);

    /// @notice Number of terms; ids are below it.
    function termCount() external view returns (uint256);

    /// @notice Most terms that the pool can have.
    function maximumTerms() external view returns (uint256);

    /// @notice Base units of reward that are not reserved.
    function availableBudget() external view returns (uint256);

    /// @notice Base units of reward reserved for open positions.
    function reservedRewards() external view returns (uint256);

    /// @notice Base units of principal of all open positions.
    function totalPrincipal() external view returns (uint256);

    /// @notice Base units of reward owed to `account`: a transfer failed, or compounding did not fit below a cap.
    function owed(address account) external view returns (uint256);

    /// @notice Base units of reward owed to everybody.
    function totalOwed() external view returns (uint256);

    /// @notice Penalties that wait to be swept, by destination, in base units of the staking token.
    function unsweptPenalties() external view returns (EarlyWithdrawalPenalty.Shares memory);

    /// @notice Where principal penalties go.
    function penaltySplit() external view returns (EarlyWithdrawalPenalty.Split memory);

    /// @notice Who receives the insurance and treasury shares.
    function recipients() external view returns (address insurance, address treasury);

    /// @notice Reward units for 1e18 stake units.
    function conversion() external view returns (uint256);

    /// @notice Flexible pool that receives the rewards share of penalties; the zero address for the pool's own budget.
    function rewardsPool() external view returns (address);

    /// @notice Draws the positions.
    function renderer() external view returns (address);
}
