// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../../../contracts/interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "../../../contracts/interfaces/IFlexiblePool.sol";
import {IInsuranceFund} from "../../../contracts/interfaces/IInsuranceFund.sol";
import {IRewardDistributor} from "../../../contracts/interfaces/IRewardDistributor.sol";
import {EarlyWithdrawalPenalty} from "../../../contracts/libraries/EarlyWithdrawalPenalty.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "./Artifact.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Vm.sol";

/// @notice The whole protocol around one token: a distributor pays a flexible and a fixed-term pool of it, a second fixed-term
/// pool takes it as stake and streams penalties to the flexible one, and fees and penalties go to the insurance fund. Whoever
/// plays holds only what the protocol paid: what goes in is made for it and goes in at once.
contract ProtocolHandler is Handler {
    address internal constant TREASURY = address(0x7EA5);
    address internal constant GOVERNANCE = address(0xBEEF);
    address internal constant CLAIMANT = address(0xC1A1A);
    address internal constant DEAD = 0x000000000000000000000000000000000000dEaD;
    uint256 internal constant MOST_POSITIONS = 40;

    struct Saving {
        IFixedTermPool pool;
        uint256 id;
        uint256 principal;
        uint256 reward;
    }

    IRewardDistributor public immutable DISTRIBUTOR;
    IInsuranceFund public immutable FUND;
    IFlexiblePool public immutable FLEXIBLE;
    /// @dev Pays rewards in the staking token.
    IFixedTermPool public immutable ONE_TOKEN;
    /// @dev Pays rewards in another token, and streams penalties to the flexible pool.
    IFixedTermPool public immutable TWO_TOKENS;

    mapping(PlainToken token => uint256) public put;
    /// @dev Given to contracts without asking, and not rescued yet.
    uint256 public donated;
    mapping(address receiver => uint256) private _donatedTo;
    mapping(address staker => uint256) private _stakes;
    Saving[] private _savings;
    uint256 private _schedule;
    uint256 private _round;
    bool private _published;

    constructor() Handler(false) {
        FUND = IInsuranceFund(
            Artifact.deploy("contracts/InsuranceFund.sol:InsuranceFund", abi.encode(address(this), 2 days))
        );
        DISTRIBUTOR = IRewardDistributor(
            Artifact.deploy(
                "contracts/RewardDistributor.sol:RewardDistributor",
                abi.encode(address(this), FUND, TREASURY, 4_000)
            )
        );
        IFlexiblePool.Config memory config = IFlexiblePool.Config({
            authority: address(this),
            distributor: address(DISTRIBUTOR),
            stakingToken: address(STAKING),
            rewardsToken: address(STAKING),
            rewardsDuration: 7 days,
            minimumStake: 10,
            cap: type(uint96).max
        });
        FLEXIBLE = IFlexiblePool(Artifact.deploy("contracts/FlexiblePool.sol:FlexiblePool", abi.encode(config)));
        ONE_TOKEN = _fixedTermPool(STAKING, address(0));
        TWO_TOKENS = _fixedTermPool(REWARDS, address(FLEXIBLE));
        REWARDS.approve(address(TWO_TOKENS), type(uint256).max);
        for (uint256 i = 0; i < 3; ++i) {
            STAKING.approve([address(DISTRIBUTOR), address(ONE_TOKEN), address(FLEXIBLE)][i], type(uint256).max);
        }
    }

    /// @notice Apart from the constructor, since governance must have code to answer.
    function connect() external {
        FLEXIBLE.setFunder(address(TWO_TOKENS), true);
        _createSchedule(1e18);
    }

    function selectors() external pure override returns (bytes4[] memory list) {
        list = new bytes4[](21);
        list[0] = this.warp.selector;
        list[1] = this.fundSchedule.selector;
        list[2] = this.distribute.selector;
        list[3] = this.sweepFees.selector;
        list[4] = this.reweigh.selector;
        list[5] = this.replaceSchedule.selector;
        list[6] = this.stake.selector;
        list[7] = this.unstake.selector;
        list[8] = this.claim.selector;
        list[9] = this.exit.selector;
        list[10] = this.open.selector;
        list[11] = this.withdraw.selector;
        list[12] = this.withdrawEarly.selector;
        list[13] = this.renew.selector;
        list[14] = this.sweepPenalties.selector;
        list[15] = this.fundPool.selector;
        list[16] = this.withdrawBudget.selector;
        list[17] = this.compensate.selector;
        list[18] = this.pauseAndLeave.selector;
        list[19] = this.donateAndRescue.selector;
        list[20] = this.attack.selector;
    }

    /* FUNDERS AND KEEPERS */

    function fundSchedule(uint256 amount) external {
        IRewardDistributor.ScheduleState memory state = DISTRIBUTOR.schedule(_schedule);
        if ((state.terms.epochs - state.accruedEpochs) * state.terms.budget <= state.balance) return;
        amount = between(mix(amount), 1, 1e24);
        STAKING.mint(address(this), amount);
        put[STAKING] += DISTRIBUTOR.fund(_schedule, amount);
        count("schedule funded");
    }

    /// @notice Sometimes again as soon as the next epoch begins: one epoch, after a stream of several.
    function distribute(uint256 seed) external {
        address pool = mix(seed) % 3 == 0 ? address(ONE_TOKEN) : address(FLEXIBLE);
        _distribute(pool);
        uint256 next = DISTRIBUTOR.schedule(_schedule).nextEpoch;
        if (next == 0 || mix(seed) % 2 == 0) return;
        vm.warp(next);
        _distribute(pool);
    }

    function _distribute(address pool) private {
        uint256 due = DISTRIBUTOR.pending(_schedule, pool);
        if (due == 0) return;
        uint256 before = pool == address(FLEXIBLE) ? FLEXIBLE.rewardsOwed() : ONE_TOKEN.availableBudget();
        uint256 amount = DISTRIBUTOR.distribute(_schedule, pool); // no stream refuses for its rate
        uint256 held = pool == address(FLEXIBLE) ? FLEXIBLE.rewardsOwed() : ONE_TOKEN.availableBudget();
        require(amount == due && held == before + due, "what was due is streamed, or budget");
        count("distributed");
    }

    function sweepFees() external {
        (uint256 insurance, uint256 treasury) = DISTRIBUTOR.feesOwed(address(STAKING));
        DISTRIBUTOR.sweepFees(address(STAKING));
        if (insurance + treasury != 0) count("fees swept");
    }

    function sweepPenalties(uint256 seed) external {
        IFixedTermPool pool = _somePool(seed);
        EarlyWithdrawalPenalty.Shares memory due = pool.unsweptPenalties();
        pool.sweepPenalties();
        if (due.insurance != 0) count("penalties swept");
    }

    function fundPool(uint256 seed, uint256 amount) external {
        _fundPool(_somePool(seed), between(mix(amount), 1, 1e22));
    }

    /* STAKERS */

    function stake(uint256 seed, uint256 amount) external {
        address account = actor(mix(seed));
        amount = between(mix(amount), 10, 1e24);
        STAKING.mint(address(this), amount);
        FLEXIBLE.stakeFor(account, amount);
        put[STAKING] += amount;
        _stakes[account] += amount;
    }

    function unstake(uint256 seed, uint256 amount) external {
        address account = actor(mix(seed));
        if (_stakes[account] == 0) return;
        amount = between(mix(amount), 1, _stakes[account]);
        uint256 held = STAKING.balanceOf(account);
        vm.prank(account);
        FLEXIBLE.withdraw(amount);
        require(STAKING.balanceOf(account) == held + amount, "principal arrives");
        _stakes[account] -= amount;
    }

    function claim(uint256 seed) external {
        uint256 first = mix(seed) % ACTORS;
        address account = actor(first);
        for (uint256 i = 0; i < ACTORS && FLEXIBLE.earned(account) == 0; ++i) account = actor(first + i);
        uint256 due = STAKING.balanceOf(account) + FLEXIBLE.earned(account);
        if (due != STAKING.balanceOf(account)) count("claimed");
        FLEXIBLE.getRewardFor(account);
        require(STAKING.balanceOf(account) == due, "what was earned arrives");
    }

    function exit(uint256 seed) external {
        if (mix(seed) % 3 == 0) _exit(actor(mix(seed)));
    }

    function open(uint256 seed, uint256 amount) external {
        if (_savings.length >= MOST_POSITIONS) return;
        IFixedTermPool pool = _somePool(seed);
        amount = between(mix(amount), 1e6, 1e24);
        uint256 termId = mix(seed) % 2;
        (uint256 reward, ) = pool.previewOpen(termId, amount);
        if (reward > pool.availableBudget()) _fundPool(pool, reward);
        address account = actor(mix(seed));
        STAKING.mint(account, amount);
        put[STAKING] += amount;
        vm.prank(account);
        STAKING.approve(address(pool), amount);
        vm.prank(account);
        uint256 id = pool.open(termId, amount, account, reward);
        _savings.push(Saving(pool, id, amount, reward));
        count("opened");
    }

    function withdraw(uint256 seed) external {
        (uint256 index, bool found) = _matureSaving(seed);
        if (!found) return;
        Saving memory saving = _savings[index];
        address owner = saving.pool.ownerOf(saving.id);
        vm.prank(owner);
        (uint256 principal, uint256 reward) = saving.pool.withdraw(saving.id, owner);
        require(principal == saving.principal && reward == saving.reward, "what was promised is paid");
        _forget(index);
        count("withdrawn at maturity");
    }

    function withdrawEarly(uint256 seed) external {
        if (_savings.length == 0 || mix(seed) % 2 == 0) return;
        _withdrawEarly(mix(seed) % _savings.length);
    }

    function renew(uint256 seed) external {
        (uint256 index, bool found) = _matureSaving(seed);
        if (!found) return;
        Saving storage saving = _savings[index];
        uint256 principal = saving.principal + (saving.pool == ONE_TOKEN ? saving.reward : 0);
        (uint256 reward, ) = saving.pool.previewOpen(0, principal);
        if (reward > saving.pool.availableBudget()) _fundPool(saving.pool, reward);
        vm.prank(saving.pool.ownerOf(saving.id));
        saving.id = saving.pool.renew(saving.id, 0, reward);
        (saving.principal, saving.reward) = (principal, reward);
        count("renewed");
    }

    /* GUARDIAN AND GOVERNANCE */

    /// @notice Everything is paused, and somebody leaves each pool.
    function pauseAndLeave(uint256 seed) external {
        vm.prank(GUARDIAN);
        FLEXIBLE.pause();
        vm.prank(GUARDIAN);
        ONE_TOKEN.pause();
        vm.prank(GUARDIAN);
        TWO_TOKENS.pause();
        _exit(actor(mix(seed)));
        if (_savings.length != 0) {
            _withdrawEarly(mix(seed) % _savings.length);
            count("left while paused");
        }
        FLEXIBLE.unpause();
        ONE_TOKEN.unpause();
        TWO_TOKENS.unpause();
    }

    function reweigh(uint256 seed) external {
        seed = mix(seed);
        IRewardDistributor.Recipient[] memory changed = new IRewardDistributor.Recipient[](1);
        changed[0] =
            seed % 2 == 0
                ? IRewardDistributor.Recipient(address(FLEXIBLE), uint32(seed % 7))
                : IRewardDistributor.Recipient(address(ONE_TOKEN), uint32(seed % 7));
        DISTRIBUTOR.setWeights(_schedule, changed);
        count("weights changed");
    }

    /// @notice What the old schedule owes is paid once its pools take it; the next one begins.
    function replaceSchedule(uint256 seed) external {
        if (mix(seed) % 2 == 0) return;
        _distribute(address(FLEXIBLE));
        _distribute(address(ONE_TOKEN));
        if (DISTRIBUTOR.pending(_schedule, address(FLEXIBLE)) != 0) return;
        if (DISTRIBUTOR.pending(_schedule, address(ONE_TOKEN)) != 0) return;
        DISTRIBUTOR.endSchedule(_schedule, GOVERNANCE);
        _createSchedule(mix(seed));
        count("schedule replaced");
    }

    function withdrawBudget(uint256 seed) external {
        IFixedTermPool pool = _somePool(seed);
        uint256 budget = pool.availableBudget();
        if (budget == 0) return;
        pool.withdrawBudget(GOVERNANCE, between(mix(seed), 1, budget));
        count("budget withdrawn");
    }

    /// @notice Publishes a round of one claim with what the fund has, or pays the one that is open.
    function compensate(uint256 seed) external {
        if (_published) {
            _payRound();
            return;
        }
        uint256 available = FUND.available(address(STAKING));
        if (available == 0) return;
        uint256 amount = between(mix(seed), 1, available);
        bytes memory claim_ = abi.encode(block.chainid, FUND, _round, 0, CLAIMANT, STAKING, amount);
        bytes32 root = keccak256(bytes.concat(keccak256(claim_)));
        FUND.publishRound(_round, address(STAKING), root, amount, 2 days, 30 days);
        _published = true;
    }

    /* DONORS AND ATTACKERS */

    function donateAndRescue(uint256 seed, uint256 amount) external {
        address[4] memory receivers = [
            address(DISTRIBUTOR),
            address(FLEXIBLE),
            address(ONE_TOKEN),
            address(TWO_TOKENS)
        ];
        address receiver = receivers[mix(seed) % 4];
        if (mix(seed) % 2 == 0) {
            amount = between(mix(amount), 1, 1e24);
            STAKING.mint(receiver, amount);
            put[STAKING] += amount;
            donated += amount;
            _donatedTo[receiver] += amount;
            count("donated");
        } else {
            uint256 surplus = _donatedTo[receiver];
            vm.expectRevert();
            IFlexiblePool(receiver).rescue(address(STAKING), GOVERNANCE, surplus + 1);
            IFlexiblePool(receiver).rescue(address(STAKING), GOVERNANCE, surplus);
            donated -= surplus;
            _donatedTo[receiver] = 0;
        }
    }

    function attack(uint256 seed) external {
        address[3] memory pools = [address(FLEXIBLE), address(ONE_TOKEN), address(TWO_TOKENS)];
        address pool = pools[mix(seed) % 3];
        vm.prank(ATTACKER);
        vm.expectRevert();
        IFlexiblePool(pool).rescue(address(STAKING), ATTACKER, 0);
        vm.prank(ATTACKER);
        vm.expectRevert();
        FLEXIBLE.notifyRewardAmount(1);
        if (_savings.length != 0) {
            Saving memory saving = _savings[mix(seed) % _savings.length];
            vm.prank(ATTACKER);
            vm.expectRevert();
            saving.pool.withdrawEarly(saving.id, 1, ATTACKER, 0, 0);
        }
        vm.prank(ATTACKER);
        vm.expectRevert();
        DISTRIBUTOR.endSchedule(_schedule, ATTACKER);
        require(STAKING.balanceOf(ATTACKER) == 0, "attackers get nothing");
        count("theft refused");
    }

    /* CHECKS */

    /// @notice What stakers were paid, principal and rewards.
    function paid(PlainToken token) external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) sum += token.balanceOf(actor(i));
    }

    /// @notice What fees and penalties gave up: to treasury, to insurance and whom it paid, and to nobody.
    function forfeited(PlainToken token) external view returns (uint256) {
        return
            token.balanceOf(TREASURY) +
            token.balanceOf(address(FUND)) +
            token.balanceOf(CLAIMANT) +
            token.balanceOf(DEAD);
    }

    /// @notice What governance took: unreserved budget, refunds and rescued donations.
    function withdrawn(PlainToken token) external view returns (uint256) {
        return token.balanceOf(GOVERNANCE);
    }

    /// @notice What the contracts say they owe or keep for a purpose.
    function accounted(PlainToken token) external view returns (uint256) {
        return
            DISTRIBUTOR.liabilities(address(token)) +
            FLEXIBLE.liabilities(address(token)) +
            ONE_TOKEN.liabilities(address(token)) +
            TWO_TOKENS.liabilities(address(token));
    }

    /// @notice Whether each contract holds what it accounts for and what it was given without asking, to the unit.
    function isCovered(PlainToken token) external view returns (bool) {
        address[4] memory holders = [address(DISTRIBUTOR), address(FLEXIBLE), address(ONE_TOKEN), address(TWO_TOKENS)];
        for (uint256 i = 0; i < 4; ++i) {
            uint256 given = token == STAKING ? _donatedTo[holders[i]] : 0;
            uint256 owed = IFlexiblePool(holders[i]).liabilities(address(token));
            if (token.balanceOf(holders[i]) != owed + given) return false;
        }
        return true;
    }

    /// @notice Everybody leaves both kinds of pool, and nobody's principal or promise is left.
    function everybodyLeaves() external {
        for (uint256 i = 0; i < ACTORS; ++i) _exit(actor(i));
        while (_savings.length != 0) _withdrawEarly(_savings.length - 1);
        require(FLEXIBLE.totalSupply() == 0, "no stake is left");
        require(ONE_TOKEN.totalPrincipal() + TWO_TOKENS.totalPrincipal() == 0, "no principal is left");
        require(ONE_TOKEN.reservedRewards() + TWO_TOKENS.reservedRewards() == 0, "no promise is left");
    }

    function _exit(address account) private {
        uint256 staked = _stakes[account];
        require(FLEXIBLE.balanceOf(account) == staked, "stakes are what was staked");
        if (staked == 0) return;
        uint256 due = STAKING.balanceOf(account) + staked + FLEXIBLE.earned(account);
        vm.prank(account);
        FLEXIBLE.exit();
        require(STAKING.balanceOf(account) == due, "stake and reward arrive");
        _stakes[account] = 0;
    }

    function _withdrawEarly(uint256 index) private {
        Saving memory saving = _savings[index];
        address owner = saving.pool.ownerOf(saving.id);
        uint256 held = STAKING.balanceOf(owner);
        vm.prank(owner);
        (uint256 principal, uint256 reward) = saving.pool.withdrawEarly(saving.id, saving.principal, owner, 0, 0);
        uint256 together = saving.pool == ONE_TOKEN ? reward : 0;
        require(STAKING.balanceOf(owner) == held + principal + together, "principal arrives");
        require(principal * 4 + 3 >= saving.principal * 3 && reward <= saving.reward, "at most a quarter is taken");
        if (principal != saving.principal) count("penalised");
        _forget(index);
    }

    function _payRound() private {
        IInsuranceFund.Round memory round = FUND.rounds(_round);
        if (block.timestamp < round.opensAt) return;
        if (block.timestamp >= round.expiresAt) {
            require(FUND.closeRound(_round) == round.total, "what nobody claimed is available again");
        } else {
            uint256 held = STAKING.balanceOf(CLAIMANT);
            FUND.claim(_round, 0, CLAIMANT, round.total, new bytes32[](0));
            require(STAKING.balanceOf(CLAIMANT) == held + round.total, "compensation arrives");
            count("compensated");
        }
        ++_round;
        _published = false;
    }

    function _fundPool(IFixedTermPool pool, uint256 amount) private {
        PlainToken token = pool == ONE_TOKEN ? STAKING : REWARDS;
        token.mint(address(this), amount);
        pool.fund(amount);
        put[token] += amount;
    }

    function _createSchedule(uint256 seed) private {
        IRewardDistributor.Recipient[] memory recipients = new IRewardDistributor.Recipient[](2);
        recipients[0] = IRewardDistributor.Recipient(address(FLEXIBLE), 2);
        recipients[1] = IRewardDistributor.Recipient(address(ONE_TOKEN), 1);
        IRewardDistributor.Terms memory terms = IRewardDistributor.Terms({
            token: address(STAKING),
            epoch: 7 days,
            budget: uint128(between(seed, 1e22, 5e22)),
            start: uint40(block.timestamp),
            epochs: 1_000,
            feeBps: uint16(seed % 3_501)
        });
        _schedule = DISTRIBUTOR.createSchedule(terms, recipients);
    }

    function _somePool(uint256 seed) private returns (IFixedTermPool) {
        return mix(seed) % 2 == 0 ? ONE_TOKEN : TWO_TOKENS;
    }

    /// @dev A random saving, after waiting for its maturity if that is near.
    function _matureSaving(uint256 seed) private returns (uint256 index, bool found) {
        if (_savings.length == 0) return (0, false);
        index = mix(seed) % _savings.length;
        uint256 maturity = _savings[index].pool.position(_savings[index].id).maturity;
        if (maturity > block.timestamp + 30 days) return (0, false);
        if (maturity > block.timestamp) vm.warp(maturity);
        return (index, true);
    }

    function _forget(uint256 index) private {
        _savings[index] = _savings[_savings.length - 1];
        _savings.pop();
    }

    function _fixedTermPool(PlainToken rewards, address rewardsPool) private returns (IFixedTermPool) {
        IFixedTermPool.Term[] memory terms = new IFixedTermPool.Term[](2);
        terms[0] = term(30 days, 0.05e18, 1_000, 300, 5_000);
        terms[1] = term(90 days, 0.1e18, 2_500, 0, 10_000);
        IFixedTermPool.Config memory config = IFixedTermPool.Config({
            authority: address(this),
            stakingToken: address(STAKING),
            rewardsToken: address(rewards),
            conversion: 1e18,
            renderer: address(STAKING), // code is all that it needs: nobody draws here
            rewardsPool: rewardsPool,
            insurance: address(FUND),
            treasury: TREASURY,
            split: EarlyWithdrawalPenalty.Split(4_000, 3_333, 1_667, 1_000),
            terms: terms
        });
        return IFixedTermPool(Artifact.deploy("contracts/FixedTermPool.sol:FixedTermPool", abi.encode(config)));
    }
}
