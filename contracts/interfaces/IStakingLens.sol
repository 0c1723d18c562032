// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EarlyWithdrawalPenalty} from "../libraries/EarlyWithdrawalPenalty.sol";
import {IFixedTermPool} from "./IFixedTermPool.sol";
import {IPoolFactory} from "./IPoolFactory.sol";

/// @title IStakingLens
/// @notice Reads pages of pools and positions in one call, for front ends; stateless.
/// @dev Calls to tokens are bounded in gas and return size; what a token does not say reads as empty or 0. Each pool
/// and position is read by itself: one that fails is marked and spoils nothing else. A page may hold as many entries
/// as the caller's gas allows; one that runs short of it reverts rather than showing less. Whatever their tokens do, 16
/// flexible pools, 3 fixed-term pools of 256 terms, or 500 positions fit into 16,777,216 gas.
interface IStakingLens {
    /// @notice What a token says of itself.
    /// @param token Its address.
    /// @param symbol Clean UTF-8 of at most 32 bytes, cut between characters; `?` stands for what is no text or cannot
    /// be seen, and nothing for a token that has none.
    /// @param decimals Digits after the point; 0 says nothing unless `decimalsKnown`.
    /// @param decimalsKnown Whether the token says how many there are.
    struct TokenView {
        address token;
        string symbol;
        uint8 decimals;
        bool decimalsKnown;
    }

    /// @notice A term and its id in the pool.
    struct TermView {
        uint256 termId;
        IFixedTermPool.TermState state;
    }

    /// @notice What only a flexible pool has, as its own views say it; amounts in base units, times in seconds.
    /// @param rewardRate Base units a second, rounded down; `periodReward / rewardsDuration` is exact.
    /// @param periodReward Base units that the current or last stream pays in `rewardsDuration`.
    struct FlexibleView {
        uint256 totalStaked;
        uint256 cap;
        uint256 minimumStake;
        uint256 rewardRate;
        uint256 periodReward;
        uint256 rewardsDuration;
        uint256 periodFinish;
        uint256 rewardsOwed;
    }

    /// @notice What only a fixed-term pool has, as its own views say it; amounts in base units.
    /// @param terms Up to `TERM_PAGE` terms: those that are not closed first, then the closed ones, each by id;
    /// `termCount` says how many there are, and `terms` of this contract reads the rest.
    struct FixedTermView {
        uint256 totalPrincipal;
        uint256 availableBudget;
        uint256 reservedRewards;
        uint256 conversion;
        uint256 positionCount;
        uint256 termCount;
        TermView[] terms;
        EarlyWithdrawalPenalty.Split split;
        address rewardsPool;
        address insurance;
        address treasury;
        EarlyWithdrawalPenalty.Shares unsweptPenalties;
    }

    /// @notice A pool; `flexible` or `fixedTerm` is filled according to its kind.
    /// @param info What the factory knows of it.
    /// @param failed Whether the pool could not be read, or is none of the factory's; then all below is empty.
    /// @param authority Who says who may govern it.
    /// @param sameAuthority Whether that is the factory's own authority.
    struct PoolView {
        IPoolFactory.PoolInfo info;
        bool failed;
        address authority;
        bool sameAuthority;
        bool paused;
        TokenView stakingToken;
        TokenView rewardsToken;
        FlexibleView flexible;
        FixedTermView fixedTerm;
    }

    /// @notice A position and what leaving with all of it would pay now; at maturity it pays `state.principal` and
    /// `state.reward`.
    /// @param positionId Its id.
    /// @param exists Whether it is open; if it is closed, unknown or unreadable, all below is empty.
    /// @param state The position.
    /// @param principalOut Base units of principal paid now.
    /// @param rewardOut Base units of reward paid now.
    /// @param principalPenalty Base units of principal taken now.
    /// @param forfeitedReward Base units of accrued reward not paid now.
    struct PositionView {
        uint256 positionId;
        bool exists;
        IFixedTermPool.PositionState state;
        uint256 principalOut;
        uint256 rewardOut;
        uint256 principalPenalty;
        uint256 forfeitedReward;
    }

    /// @notice An account in a flexible pool; all amounts in base units.
    /// @param failed Whether the pool could not be read; then all below is 0.
    /// @param walletBalance Staking tokens that the account holds.
    /// @param walletAllowance Staking tokens that the pool may pull from it.
    struct StakeView {
        address pool;
        bool failed;
        uint256 staked;
        uint256 earned;
        uint256 walletBalance;
        uint256 walletAllowance;
    }

    /// @notice `gasLeft` gas does not suffice to tell an entry that fails from one that was cut short: ask for a
    /// smaller page, or give the call more gas.
    error LensGasTooLow(uint256 gasLeft);

    /// @notice Up to `limit` pools of `factory` in order of creation, from the `offset`th on.
    function pools(IPoolFactory factory, uint256 offset, uint256 limit) external view returns (PoolView[] memory);

    /// @notice One pool of `factory`; marked as failed if it is none.
    function pool(IPoolFactory factory, address pool_) external view returns (PoolView memory);

    /// @notice Terms of a pool with ids from `cursor` on that are not closed or, if `open` is false, that are; looks
    /// at `limit` ids at most.
    /// @param cursor First id to look at; 0 is the first of all.
    /// @return page The terms found.
    /// @return next Cursor of the next page, or 0 after the last id.
    function terms(
        IFixedTermPool pool_,
        uint256 cursor,
        uint256 limit,
        bool open
    ) external view returns (TermView[] memory page, uint256 next);

    /// @notice The positions with the given ids, in the order given; those that are not open are marked.
    function positions(IFixedTermPool pool_, uint256[] calldata ids) external view returns (PositionView[] memory);

    /// @notice Open positions with ids from `cursor` on, of `owner` or, for the zero address, of everybody; looks at
    /// `limit` ids at most, and not at all at a pool that does not say how many it has opened.
    /// @param cursor First id to look at; 0 and 1 are the first of all.
    /// @return page The positions found.
    /// @return next Cursor of the next page, or 0 after the last id.
    function positionsInRange(
        IFixedTermPool pool_,
        uint256 cursor,
        uint256 limit,
        address owner
    ) external view returns (PositionView[] memory page, uint256 next);

    /// @notice What `account` has in flexible pools, and could stake in them, in the order given.
    function stakes(address[] calldata pools_, address account) external view returns (StakeView[] memory);
}
