// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../../../contracts/interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "../../../contracts/interfaces/IFlexiblePool.sol";
import {EarlyWithdrawalPenalty} from "../../../contracts/libraries/EarlyWithdrawalPenalty.sol";
import {Artifact} from "./Artifact.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Vm.sol";

/// @notice Everything that anybody does to a fixed-term pool: stakers, funders, keepers, donors, governance and time.
contract FixedTermHandler is Handler {
    address internal constant INSURANCE = address(0x1115);
    address internal constant TREASURY = address(0x7EA5);

    IFixedTermPool public immutable POOL;
    IFlexiblePool public immutable REWARDS_POOL;

    /// @dev What was promised at opening, and what became of it.
    struct Promise {
        uint256 principal;
        uint256 reward;
        uint256 maturity;
        bool open;
    }

    uint256 public funded;
    uint256 public rewardsPaid;
    uint256 public budgetWithdrawn;
    uint256 public principalIn;
    uint256 public principalOut;
    uint256 public compounded;
    uint256 public penalties;
    uint256 public penaltiesLeft;
    uint256 public penaltiesToBudget;
    uint256 public openPrincipal;
    uint256 public openReward;
    mapping(uint256 positionId => Promise) public promises;
    uint256[] private _openIds;
    mapping(uint256 positionId => uint256) private _openIndex;

    constructor(bool sameToken) Handler(sameToken) {
        IFlexiblePool.Config memory rewards = IFlexiblePool.Config({
            authority: address(this),
            distributor: address(this),
            stakingToken: address(REWARDS),
            rewardsToken: address(STAKING),
            rewardsDuration: 7 days,
            minimumStake: 1,
            cap: type(uint96).max
        });
        REWARDS_POOL = IFlexiblePool(Artifact.deploy("contracts/FlexiblePool.sol:FlexiblePool", abi.encode(rewards)));
        IFixedTermPool.Term[] memory terms = new IFixedTermPool.Term[](3);
        terms[0] = term(30 days, 0.05e18, 1_000, 300, 0);
        terms[1] = term(180 days, 0.11e18, 2_500, 2_500, 5_000);
        terms[2] = term(1461 days, 1e18, 2_000, 0, 10_000);
        IFixedTermPool.Config memory config = IFixedTermPool.Config({
            authority: address(this),
            stakingToken: address(STAKING),
            rewardsToken: address(REWARDS),
            conversion: sameToken ? 1e18 : 2.5e6,
            renderer: address(STAKING), // code is all that it needs: nobody draws here
            rewardsPool: sameToken ? address(0) : address(REWARDS_POOL),
            insurance: INSURANCE,
            treasury: TREASURY,
            split: EarlyWithdrawalPenalty.Split(4_000, 3_333, 1_667, 1_000),
            terms: terms
        });
        POOL = IFixedTermPool(Artifact.deploy("contracts/FixedTermPool.sol:FixedTermPool", abi.encode(config)));
    }

    /// @notice Lets the pool stream penalties; apart from the constructor, since governance must have code to answer.
    function connect() external {
        if (!SAME_TOKEN) REWARDS_POOL.setFunder(address(POOL), true);
    }

    function selectors() external pure override returns (bytes4[] memory list) {
        list = new bytes4[](23);
        list[0] = this.warp.selector;
        list[1] = this.open.selector;
        list[2] = this.openBeyondBudget.selector;
        list[3] = this.withdraw.selector;
        list[4] = this.withdrawEarly.selector;
        list[5] = this.renew.selector;
        list[6] = this.transfer.selector;
        list[7] = this.steal.selector;
        list[8] = this.withdrawWhileRefused.selector;
        list[9] = this.claimOwed.selector;
        list[10] = this.fund.selector;
        list[11] = this.sweep.selector;
        list[12] = this.withdrawBudget.selector;
        list[13] = this.donate.selector;
        list[14] = this.rescue.selector;
        list[15] = this.pauseAndUnpause.selector;
        list[16] = this.changeTerms.selector;
        list[17] = this.changeRecipients.selector;
        list[18] = this.everybodyLeaves.selector;
        list[19] = this.setAutoRenew.selector;
        list[20] = this.renewByOrder.selector;
        list[21] = this.renewAtTheCap.selector;
        list[22] = this.leaveWithMuch.selector;
    }

    /* STAKERS */

    function open(uint256 seed, uint256 amount) external {
        address account = actor(mix(seed));
        uint256 termId = _someTerm(seed);
        amount = mix(amount) % 4 == 0 ? between(mix(amount), 10, 10_000) : between(mix(amount), 1e18, 1e26);
        _open(account, termId, amount);
    }

    function _open(address account, uint256 termId, uint256 amount) private returns (uint256 id) {
        (uint256 reward, uint256 maturity) = POOL.previewOpen(termId, amount);
        if (reward == 0) return 0;
        if (reward > POOL.availableBudget()) _fund(reward);
        STAKING.mint(account, amount);
        vm.prank(account);
        STAKING.approve(address(POOL), type(uint256).max);
        vm.prank(account);
        id = POOL.open(termId, amount, account, reward);
        principalIn += amount;
        _promise(id, amount, reward, maturity);
        count("opened");
    }

    function openBeyondBudget(uint256 seed) external {
        uint256 budget = POOL.availableBudget();
        address account = actor(mix(seed));
        uint256 amount = 1e27;
        (uint256 reward, ) = POOL.previewOpen(2, amount);
        if (reward <= budget) return;
        STAKING.mint(account, amount);
        vm.prank(account);
        STAKING.approve(address(POOL), type(uint256).max);
        vm.prank(account);
        vm.expectRevert();
        POOL.open(2, amount, account, 0);
        count("unfunded promise refused");
    }

    function withdraw(uint256 seed) external {
        uint256 id = _maturePosition(seed);
        if (id == 0) return;
        address owner = POOL.ownerOf(id);
        (uint256 stakingBefore, uint256 rewardsBefore) = (STAKING.balanceOf(owner), REWARDS.balanceOf(owner));
        Promise memory promised = promises[id];
        vm.prank(owner);
        (uint256 principal, uint256 reward) = POOL.withdraw(id, owner);
        require(principal == promised.principal && reward == promised.reward, "what was promised is paid");
        _requireReceived(owner, stakingBefore, rewardsBefore, principal, reward);
        principalOut += principal;
        rewardsPaid += reward;
        _settle(id);
        count("withdrawn at maturity");
    }

    function withdrawEarly(uint256 seed, uint256 amount) external {
        if (mix(seed) % 2 == 0) return; // so that some positions live to mature
        uint256 id = _openPosition(seed);
        if (id == 0) return;
        Promise memory promised = promises[id];
        amount = mix(amount) % 3 == 0 ? promised.principal : between(mix(amount), 1, promised.principal);
        address owner = POOL.ownerOf(id);
        (uint256 stakingBefore, uint256 rewardsBefore) = (STAKING.balanceOf(owner), REWARDS.balanceOf(owner));
        (uint256 expectedPrincipal, uint256 expectedReward, uint256 penalty, ) = POOL.previewWithdrawEarly(id, amount);
        vm.prank(owner);
        (uint256 principal, uint256 reward) = POOL.withdrawEarly(id, amount, owner, expectedPrincipal, expectedReward);
        require(principal == expectedPrincipal && reward == expectedReward, "previews are exact");
        require(principal + penalty == amount && penalty * 4 <= amount + 3, "penalties keep below their ceiling");
        if (block.timestamp >= promised.maturity) {
            require(penalty == 0, "leaving after maturity costs nothing");
            require(reward <= (promised.reward * amount) / promised.principal, "not more than the share");
        }
        _requireReceived(owner, stakingBefore, rewardsBefore, principal, reward);
        principalOut += principal;
        rewardsPaid += reward;
        penalties += penalty;
        _settle(id);
        if (penalty != 0) count("penalised");
        if (amount < promised.principal) _checkRemainder(promised, amount);
    }

    function renew(uint256 seed) external {
        uint256 id = _maturePosition(seed);
        if (id == 0) return;
        uint256 termId = _someTerm(seed);
        if (!_provide(id, termId)) return;
        _renew(id, termId, POOL.ownerOf(id));
    }

    /// @notice The owner sets auto-renew on a position; where its window is over already, that is refused.
    function setAutoRenew(uint256 seed, uint256 window) external {
        uint256 id = _openPosition(seed);
        if (id == 0) return;
        window = between(mix(window), 1, 720) * 1 hours;
        uint256 until = promises[id].maturity + window;
        vm.prank(POOL.ownerOf(id));
        if (block.timestamp > until) {
            vm.expectRevert();
            POOL.setAutoRenew(id, 0, window, true);
            return;
        }
        bool repeats = mix(window) % 4 != 0;
        POOL.setAutoRenew(id, 0, window, repeats);
        (uint256 termId, uint256 kept, bool again) = POOL.autoRenewOrder(id);
        require(termId == 0 && kept == window && again == repeats, "auto-renew is kept as it was set");
        count("auto-renew set");
    }

    /// @notice A stranger renews a mature position as its order says: within the window only, in its term only; one that
    /// repeats is carried on. Nobody comes in time to every third, so that each run meets both.
    function renewByOrder(uint256 seed) external {
        uint256 id = _matureOrder(seed);
        if (id == 0) id = _orderLate(seed);
        if (id == 0) return;
        (uint256 termId, uint256 window, bool repeats) = POOL.autoRenewOrder(id);
        uint256 until = promises[id].maturity + window;
        if (cases["renewed by order"] > 2 * cases["auto-renew lapsed"] && block.timestamp <= until) vm.warp(until + 1);
        if (!_provide(id, termId)) return;
        address anybody = address(0x5157A9E4);
        vm.prank(anybody);
        vm.expectRevert();
        POOL.renew(id, termId + 1, 0);
        bool inForce = block.timestamp <= until;
        require(POOL.position(id).autoRenew == inForce, "the view says whether auto-renew is in force");
        if (!inForce) {
            vm.prank(anybody);
            vm.expectRevert();
            POOL.renew(id, termId, 0);
            count("auto-renew lapsed");
            return;
        }
        _checkCarried(_renew(id, termId, anybody), termId, window, repeats);
        count("renewed by order");
    }

    function _checkCarried(uint256 id, uint256 termId, uint256 window, bool repeats) private {
        (uint256 nextTerm, uint256 nextWindow, bool again) = POOL.autoRenewOrder(id);
        require(again == repeats && nextWindow == (repeats ? window : 0), "auto-renew that repeats is carried on");
        if (!repeats) return;
        require(nextTerm == termId, "in its own term");
        count("carried on");
    }

    /// @notice A term has room for the principal and not for its reward: where both tokens are the same, the reward is owed.
    function renewAtTheCap(uint256 seed) external {
        uint256 id = _maturePosition(seed);
        if (id == 0 || POOL.termCount() > 40) return;
        IFixedTermPool.Term memory added = term(30 days, 0.02e18, 500, 0, 10_000);
        added.principalCap = uint96(promises[id].principal);
        uint256 termId = POOL.addTerm(added);
        (uint256 reward, ) = POOL.previewOpen(termId, promises[id].principal);
        if (reward == 0) return;
        if (reward > POOL.availableBudget()) _fund(reward);
        _renew(id, termId, POOL.ownerOf(id));
        POOL.closeTerm(termId);
        count("renewed at the cap");
    }

    /// @notice One penalty is more than the counter of penalties holds.
    function leaveWithMuch(uint256 seed) external {
        uint256 amount = 6e27;
        if (POOL.term(1).openPrincipal + amount > type(uint96).max) return;
        address account = actor(mix(seed));
        uint256 id = _open(account, 1, amount);
        vm.prank(account);
        (uint256 principal, uint256 reward) = POOL.withdrawEarly(id, amount, account, 0, 0);
        require(amount - principal > type(uint88).max, "more than the counter holds");
        principalOut += principal;
        rewardsPaid += reward;
        penalties += amount - principal;
        _settle(id);
        count("counter spilled");
    }

    /// @dev Whether the term promises anything for the position renewed; the budget is funded for it.
    function _provide(uint256 id, uint256 termId) private returns (bool) {
        uint256 principal = promises[id].principal + (SAME_TOKEN ? promises[id].reward : 0);
        (uint256 reward, ) = POOL.previewOpen(termId, principal);
        if (reward > POOL.availableBudget()) _fund(reward);
        (uint256 least, ) = POOL.previewOpen(termId, promises[id].principal);
        return least != 0;
    }

    /// @dev Whatever a cap leaves no room for is owed, and nothing is lost.
    function _renew(uint256 id, uint256 termId, address by) private returns (uint256 newId) {
        Promise memory promised = promises[id];
        address owner = POOL.ownerOf(id);
        uint256 owed = POOL.owed(owner);
        uint256 left = POOL.term(termId).terms.principalCap - POOL.term(termId).openPrincipal;
        if (POOL.position(id).termId == termId) left += promised.principal;
        bool compounds = SAME_TOKEN && promised.principal + promised.reward <= left;
        uint256 principal = promised.principal + (compounds ? promised.reward : 0);
        (uint256 reward, uint256 maturity) = POOL.previewOpen(termId, principal);
        vm.prank(by);
        newId = POOL.renew(id, termId, reward);
        _settle(id);
        IFixedTermPool.PositionState memory state = POOL.position(newId);
        require(state.owner == owner && state.reward == reward, "renewed for its owner");
        require(state.principal == principal && state.maturity == maturity, "compounded where it fits");
        _promise(newId, state.principal, reward, state.maturity);
        if (compounds) compounded += promised.reward;
        if (SAME_TOKEN && !compounds) {
            require(POOL.owed(owner) == owed + promised.reward, "a reward that does not fit is owed");
            if (promised.reward != 0) count("owed at a cap");
        } else {
            rewardsPaid += promised.reward;
        }
        count("renewed");
    }

    /// @dev A random mature position with an order, or 0. Time passes to its maturity, and now and then past its window.
    function _matureOrder(uint256 seed) private returns (uint256) {
        uint256 number = _openIds.length;
        uint256 start = number == 0 ? 0 : mix(seed) % number;
        for (uint256 i = 0; i < number; ++i) {
            uint256 id = _openIds[(start + i) % number];
            (, uint256 window, ) = POOL.autoRenewOrder(id);
            if (window == 0 || block.timestamp + 40 days < promises[id].maturity) continue;
            if (block.timestamp < promises[id].maturity) _passTo(promises[id].maturity, window, seed);
            return id;
        }
        return 0;
    }

    /// @dev Where no order is due, an owner sets one on a mature position, if need be a new one, for the longest window.
    function _orderLate(uint256 seed) private returns (uint256 id) {
        id = _maturePosition(seed);
        if (id == 0 || block.timestamp > promises[id].maturity + 30 days) {
            id = _open(actor(mix(seed)), 0, between(mix(seed), 1e18, 1e26));
            if (id == 0) return 0;
            vm.warp(promises[id].maturity);
        }
        vm.prank(POOL.ownerOf(id));
        POOL.setAutoRenew(id, 0, 30 days, true);
    }

    function _passTo(uint256 maturity, uint256 window, uint256 seed) private {
        vm.warp(maturity + (mix(seed) % 4 == 0 ? window + 1 : mix(seed) % window));
    }

    function transfer(uint256 seed, uint256 other) external {
        uint256 id = _openPosition(seed);
        if (id == 0) return;
        address owner = POOL.ownerOf(id);
        vm.prank(owner);
        POOL.transferFrom(owner, actor(mix(other)), id);
        count("transferred");
    }

    function steal(uint256 seed) external {
        uint256 id = _openPosition(seed);
        if (id == 0) return;
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.withdrawEarly(id, 1, ATTACKER, 0, 0);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.setAutoRenew(id, 2, 1 days, false);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.withdrawBudget(ATTACKER, 1);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.rescue(address(STAKING), ATTACKER, 0);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.claimOwed(ATTACKER);
        count("theft refused");
    }

    /// @notice The token refuses to pay the owner: another token's principal leaves all the same, and the reward is owed.
    function withdrawWhileRefused(uint256 seed) external {
        uint256 id = _maturePosition(seed);
        if (id == 0) return;
        address owner = POOL.ownerOf(id);
        (uint256 balance, uint256 owed) = (STAKING.balanceOf(owner), POOL.owed(owner));
        Promise memory promised = promises[id];
        setBlocked(REWARDS, owner, true);
        vm.prank(owner);
        if (SAME_TOKEN) vm.expectRevert();
        POOL.withdraw(id, owner);
        setBlocked(REWARDS, owner, false);
        count("payment refused");
        if (SAME_TOKEN) return;
        require(STAKING.balanceOf(owner) == balance + promised.principal, "a refused reward holds no principal");
        require(POOL.owed(owner) == owed + promised.reward, "a refused reward is owed");
        principalOut += promised.principal;
        _settle(id);
    }

    function claimOwed(uint256 seed) external {
        address account = actor(mix(seed));
        uint256 owed = POOL.owed(account);
        uint256 balance = REWARDS.balanceOf(account);
        vm.prank(account);
        if (owed == 0) {
            vm.expectRevert();
            POOL.claimOwed(account);
            return;
        }
        require(POOL.claimOwed(account) == owed && POOL.owed(account) == 0, "what is owed is paid once");
        require(REWARDS.balanceOf(account) == balance + owed, "what is owed arrives");
        rewardsPaid += owed;
        count("owed claimed");
    }

    /* FUNDERS, KEEPERS, GOVERNANCE */

    function fund(uint256 amount) external {
        _fund(between(mix(amount), 1, SAME_TOKEN ? 1e24 : 1e12));
    }

    /// @notice Measures what a sweep moves out of the pool by its balance, and into the budget by its view. One recipient is
    /// sometimes refused its share, which waits then.
    function sweep(uint256 seed) external {
        (address insurance, ) = POOL.recipients();
        bool refused = mix(seed) % 3 == 0;
        setBlocked(STAKING, insurance, refused);
        uint256 due = POOL.unsweptPenalties().insurance;
        _sweep();
        setBlocked(STAKING, insurance, false);
        uint256 waiting = POOL.unsweptPenalties().insurance;
        require(waiting == (refused ? due : 0), "a refused share waits");
        if (waiting != 0) count("share refused");
    }

    function _sweep() private {
        (uint256 balance, uint256 budget) = _beforeSweep();
        POOL.sweepPenalties();
        _afterSweep(balance, budget);
    }

    function _beforeSweep() private view returns (uint256 balance, uint256 budget) {
        return (STAKING.balanceOf(address(POOL)), POOL.availableBudget());
    }

    function _afterSweep(uint256 balance, uint256 budget) private {
        penaltiesLeft += balance - STAKING.balanceOf(address(POOL));
        penaltiesToBudget += POOL.availableBudget() - budget;
        if (balance != STAKING.balanceOf(address(POOL))) count("swept");
    }

    /// @notice Now and then more than there is: what there is leaves.
    function withdrawBudget(uint256 amount) external {
        uint256 budget = POOL.availableBudget();
        amount = mix(amount) % 4 == 0 ? budget + 1 : between(mix(amount), 1, budget + 1);
        if (budget == 0) {
            vm.expectRevert();
            POOL.withdrawBudget(address(0xBEEF), amount);
            return;
        }
        uint256 withdrawn = POOL.withdrawBudget(address(0xBEEF), amount);
        require(withdrawn == (amount < budget ? amount : budget), "what is asked for, or what there is");
        budgetWithdrawn += withdrawn;
        count("budget withdrawn");
    }

    /// @notice Nobody gets in while the guardian pauses, and everybody gets out.
    function pauseAndUnpause(uint256 seed) external {
        uint256 termId = _someTerm(seed);
        vm.prank(GUARDIAN);
        if (mix(seed) % 2 == 0) POOL.pause();
        else POOL.pauseTerm(termId);
        _requireNoEntry(actor(mix(seed)), termId);
        uint256 left = principalOut;
        this.withdrawEarly(seed, seed);
        if (principalOut != left) count("left while paused");
        vm.prank(GUARDIAN);
        vm.expectRevert();
        POOL.unpause();
        if (POOL.paused()) POOL.unpause();
        else POOL.unpauseTerm(termId);
    }

    /// @dev Everything else that an opening needs is there.
    function _requireNoEntry(address account, uint256 termId) private {
        (uint256 reward, ) = POOL.previewOpen(termId, 1e24);
        if (reward > POOL.availableBudget()) _fund(reward);
        STAKING.mint(account, 1e24);
        vm.prank(account);
        STAKING.approve(address(POOL), type(uint256).max);
        vm.prank(account);
        vm.expectRevert();
        POOL.open(termId, 1e24, account, 0);
    }

    /// @notice A term is added, used and closed; its position stays as it was.
    function changeTerms(uint256 seed) external {
        seed = mix(seed);
        if (POOL.termCount() == 20) return;
        IFixedTermPool.Term memory added = term(uint32(between(seed, 1 days, 60 days)), 0.02e18, 500, 0, 10_000);
        uint256 termId = POOL.addTerm(added);
        _open(actor(mix(seed)), termId, 1e24);
        POOL.closeTerm(termId);
        _requireNoEntry(actor(mix(seed)), termId);
        count("term closed");
    }

    /// @notice What was booked goes to the recipients of its time first; one of them is refused now and then.
    function changeRecipients(uint256 seed) external {
        seed = mix(seed);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.setRecipients(ATTACKER, ATTACKER);
        (address insurance, ) = POOL.recipients();
        uint256 due = POOL.unsweptPenalties().insurance;
        uint256 held = STAKING.balanceOf(insurance);
        bool refused = mix(seed) % 3 == 0;
        setBlocked(STAKING, insurance, refused);
        (uint256 balance, uint256 budget) = _beforeSweep();
        address next = address(uint160(between(seed, 1e6, 1e9)));
        POOL.setRecipients(next, TREASURY);
        _afterSweep(balance, budget);
        setBlocked(STAKING, insurance, false);
        (address changed, ) = POOL.recipients();
        require(changed == next, "recipients change whoever refuses");
        require(STAKING.balanceOf(insurance) == held + (refused ? 0 : due), "recipients get what is of their time");
        if (due == 0) return;
        if (refused) count("recipient refused at a change");
        else count("recipient paid at a change");
    }

    function donate(uint256 amount) external {
        STAKING.mint(address(POOL), between(mix(amount), 1, 1e24));
        count("donated");
    }

    function rescue() external {
        uint256 surplus = STAKING.balanceOf(address(POOL)) - POOL.liabilities(address(STAKING));
        POOL.rescue(address(STAKING), address(0xBEEF), surplus);
        vm.expectRevert();
        POOL.rescue(address(STAKING), address(0xBEEF), 1);
        if (surplus != 0) count("rescued a surplus");
    }

    /* CHECKS */

    /// @notice Everybody leaves: mature positions with all that was promised, others at exactly their preview. Within a run
    /// only now and then, since few positions would mature otherwise; always when the test itself calls.
    function everybodyLeaves() external {
        if (msg.sender != TEST && mix(POOL.positionCount()) % 5 != 0) return;
        uint256 last = POOL.positionCount();
        for (uint256 id = 1; id <= last; ++id) {
            if (!promises[id].open) continue;
            address owner = POOL.ownerOf(id);
            uint256 before = STAKING.balanceOf(owner);
            (uint256 principal, uint256 reward, uint256 penalty, ) = POOL.previewWithdrawEarly(
                id,
                promises[id].principal
            );
            vm.prank(owner);
            POOL.withdrawEarly(id, promises[id].principal, owner, 0, 0);
            uint256 together = SAME_TOKEN ? reward : 0;
            require(STAKING.balanceOf(owner) == before + principal + together, "everybody leaves as the rules say");
            _settle(id);
            principalOut += principal;
            rewardsPaid += reward;
            penalties += penalty;
        }
        require(POOL.totalPrincipal() == 0 && POOL.reservedRewards() == 0, "nothing is left behind");
        for (uint256 termId = 0; termId < POOL.termCount(); ++termId) {
            IFixedTermPool.TermState memory state = POOL.term(termId);
            require(state.openPrincipal == 0 && state.reservedReward == 0, "terms count to zero");
        }
    }

    /// @notice Lets days pass, and sometimes months.
    function warp(uint256 seed) public override {
        seed = mix(seed);
        vm.warp(block.timestamp + (seed % 4 == 0 ? seed % 90 days : seed % 5 days));
    }

    /// @dev Mostly the shortest term, so that positions mature.
    function _someTerm(uint256 seed) private returns (uint256) {
        uint256 choice = mix(seed) % 6;
        return choice < 4 ? 0 : choice - 3;
    }

    function _promise(uint256 id, uint256 principal, uint256 reward, uint256 maturity) private {
        promises[id] = Promise(principal, reward, maturity, true);
        _openIndex[id] = _openIds.length;
        _openIds.push(id);
        openPrincipal += principal;
        openReward += reward;
    }

    function _settle(uint256 id) private {
        uint256 last = _openIds[_openIds.length - 1];
        _openIds[_openIndex[id]] = last;
        _openIndex[last] = _openIndex[id];
        _openIds.pop();
        promises[id].open = false;
        openPrincipal -= promises[id].principal;
        openReward -= promises[id].reward;
    }

    function _fund(uint256 amount) private {
        REWARDS.mint(address(this), amount);
        REWARDS.approve(address(POOL), amount);
        POOL.fund(amount);
        funded += amount;
    }

    function _checkRemainder(Promise memory promised, uint256 amount) private {
        uint256 id = POOL.positionCount();
        IFixedTermPool.PositionState memory state = POOL.position(id);
        require(state.principal == promised.principal - amount, "the remainder keeps the rest");
        require(state.maturity == promised.maturity, "the remainder keeps its maturity");
        uint256 exact = promised.reward * state.principal;
        require(state.reward * promised.principal <= exact, "the remainder gains nothing");
        require((state.reward + 1) * promised.principal > exact, "the remainder loses less than a unit");
        _promise(id, state.principal, state.reward, state.maturity);
        count("left in part");
    }

    function _requireReceived(
        address owner,
        uint256 stakingBefore,
        uint256 rewardsBefore,
        uint256 principal,
        uint256 reward
    ) private view {
        uint256 together = SAME_TOKEN ? reward : 0;
        require(STAKING.balanceOf(owner) == stakingBefore + principal + together, "principal arrives");
        if (!SAME_TOKEN) require(REWARDS.balanceOf(owner) == rewardsBefore + reward, "reward arrives");
    }

    /// @dev A random open position; 0 if there is none.
    function _openPosition(uint256 seed) private returns (uint256) {
        return _openIds.length == 0 ? 0 : _openIds[mix(seed) % _openIds.length];
    }

    /// @dev A random open position, after waiting for its maturity if that is near; 0 if there is none.
    function _maturePosition(uint256 seed) private returns (uint256 id) {
        id = _openPosition(seed);
        uint256 maturity = promises[id].maturity;
        if (maturity > block.timestamp + 60 days) return 0;
        if (maturity > block.timestamp) vm.warp(maturity);
    }
}
