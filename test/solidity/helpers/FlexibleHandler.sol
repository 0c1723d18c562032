// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IFlexiblePool} from "../../../contracts/interfaces/IFlexiblePool.sol";
import {Artifact} from "./Artifact.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Vm.sol";

/// @notice Everything that anybody does to a flexible pool: stakers, funders, donors, strangers, governance and time.
contract FlexibleHandler is Handler {
    address private constant REFUGE = address(0xCAFE);

    IFlexiblePool public immutable POOL;

    uint256 public funded;
    uint256 public paid;
    uint256 public stakingDonated;
    uint256 public rewardsDonated;

    mapping(address account => uint256) private _earnedBefore;

    constructor(bool sameToken) Handler(sameToken) {
        IFlexiblePool.Config memory config = IFlexiblePool.Config({
            authority: address(this), // answers canCall below, so that governance acts at once
            distributor: address(this),
            stakingToken: address(STAKING),
            rewardsToken: address(REWARDS),
            rewardsDuration: 30 days,
            minimumStake: 10,
            cap: type(uint96).max
        });
        POOL = IFlexiblePool(Artifact.deploy("contracts/FlexiblePool.sol:FlexiblePool", abi.encode(config)));
    }

    function selectors() external pure override returns (bytes4[] memory list) {
        list = new bytes4[](16);
        list[0] = this.warp.selector;
        list[1] = this.stake.selector;
        list[2] = this.stakeFor.selector;
        list[3] = this.withdraw.selector;
        list[4] = this.claim.selector;
        list[5] = this.exit.selector;
        list[6] = this.everybodyExits.selector;
        list[7] = this.exitWhileRefused.selector;
        list[8] = this.notifyReward.selector;
        list[9] = this.notifyWithoutTokens.selector;
        list[10] = this.donate.selector;
        list[11] = this.pauseAndUnpause.selector;
        list[12] = this.rescue.selector;
        list[13] = this.attack.selector;
        list[14] = this.nameFunder.selector;
        list[15] = this.leaveWhileBlocked.selector;
    }

    /* STAKERS */

    function stake(uint256 seed, uint256 amount) external {
        address account = actor(mix(seed));
        amount = _amount(mix(amount));
        _fundActor(account, amount);
        if (POOL.totalSupply() == 0 && POOL.periodFinish() > block.timestamp) count("clock restarted");
        _beforeOperation();
        vm.prank(account);
        POOL.stake(amount);
        _afterOperation(account, false);
    }

    function stakeFor(uint256 seed, uint256 other, uint256 amount) external {
        (address giver, address account) = (actor(mix(seed)), actor(mix(other)));
        amount = _amount(mix(amount));
        _fundActor(giver, amount);
        _beforeOperation();
        vm.prank(giver);
        POOL.stakeFor(account, amount);
        _afterOperation(account, false);
        if (giver != account) count("staked for another");
    }

    function withdraw(uint256 seed, uint256 amount) external {
        address account = _someStaker(seed);
        uint256 staked = POOL.balanceOf(account);
        if (staked == 0) return;
        amount = between(mix(amount), 1, staked);
        uint256 balance = STAKING.balanceOf(account);
        _beforeOperation();
        vm.prank(account);
        if (mix(seed) % 2 == 0) POOL.withdraw(amount);
        else POOL.withdrawTo(amount, account);
        _afterOperation(account, false);
        require(STAKING.balanceOf(account) == balance + amount, "principal withdrawn is principal received");
        if (amount < staked) count("withdrew in part");
        if (POOL.totalSupply() == 0 && POOL.periodFinish() > block.timestamp) count("clock stopped");
    }

    function claim(uint256 seed, uint256 way) external {
        address account = _someStaker(seed);
        uint256 earned = POOL.earned(account);
        uint256 balance = REWARDS.balanceOf(account);
        way = mix(way);
        _beforeOperation();
        if (way % 3 == 0) {
            vm.prank(account);
            POOL.getReward();
        } else if (way % 3 == 1) {
            vm.prank(actor(way));
            POOL.getRewardFor(account);
        } else {
            vm.prank(account);
            POOL.getRewardTo(account);
        }
        _afterOperation(account, true);
        require(REWARDS.balanceOf(account) == balance + earned, "what was earned is paid");
        require(POOL.earned(account) == 0, "nothing is earned twice");
        paid += earned;
        if (earned != 0) count("claimed");
    }

    function exit(uint256 seed) external {
        _exit(actor(mix(seed)));
    }

    /// @notice One after the other exits, so that the clock stops; sometimes something is notified meanwhile.
    function everybodyExits(uint256 seed) external {
        if (mix(seed) % 4 != 0) return;
        for (uint256 i = 0; i < ACTORS; ++i) _exit(actor(i));
        if (mix(seed) % 2 == 0) return;
        warp(seed);
        _notify(POOL.getRewardForDuration() + between(mix(seed), 1, 1e12));
    }

    function _exit(address account) private {
        uint256 staked = POOL.balanceOf(account);
        if (staked == 0) return;
        uint256 earned = POOL.earned(account);
        uint256 stakingBalance = STAKING.balanceOf(account);
        uint256 rewardsBalance = REWARDS.balanceOf(account);
        _beforeOperation();
        vm.prank(account);
        if (staked % 2 == 0) POOL.exit();
        else POOL.exitTo(account);
        _afterOperation(account, true);
        uint256 together = SAME_TOKEN ? earned : 0;
        require(STAKING.balanceOf(account) == stakingBalance + staked + together, "exit pays the whole stake");
        if (!SAME_TOKEN) require(REWARDS.balanceOf(account) == rewardsBalance + earned, "exit pays what was earned");
        paid += earned;
        count("exited");
        if (POOL.totalSupply() == 0 && POOL.periodFinish() > block.timestamp) count("clock stopped");
    }

    /// @notice The token refuses the account: its principal leaves to another address all the same.
    function leaveWhileBlocked(uint256 seed) external {
        address account = _someStaker(seed);
        uint256 staked = POOL.balanceOf(account);
        if (staked == 0) return;
        uint256 amount = between(mix(seed), 1, staked);
        uint256 balance = STAKING.balanceOf(REFUGE);
        _beforeOperation();
        setBlocked(STAKING, account, true);
        vm.prank(account);
        POOL.withdrawTo(amount, REFUGE);
        setBlocked(STAKING, account, false);
        _afterOperation(account, false);
        require(
            STAKING.balanceOf(REFUGE) == balance + amount,
            "a blocked account's principal leaves to another address"
        );
        count("left while blocked");
    }

    /// @notice The token refuses to pay the account: another token's principal leaves all the same, and nothing is lost.
    function exitWhileRefused(uint256 seed) external {
        address account = _someStaker(seed);
        uint256 staked = POOL.balanceOf(account);
        if (staked == 0) return;
        uint256 earned = POOL.earned(account);
        uint256 balance = STAKING.balanceOf(account);
        _beforeOperation();
        setBlocked(REWARDS, account, true);
        vm.prank(account);
        if (SAME_TOKEN) vm.expectRevert();
        POOL.exit();
        setBlocked(REWARDS, account, false);
        _afterOperation(account, true);
        require(POOL.earned(account) == earned, "a refused reward stays earned");
        require(POOL.balanceOf(account) == (SAME_TOKEN ? staked : 0), "principal leaves, or stays");
        if (!SAME_TOKEN) require(STAKING.balanceOf(account) == balance + staked, "a refused reward holds no principal");
        count("payment refused");
    }

    /* ATTACKERS */

    function attack(uint256 seed) external {
        seed = mix(seed);
        address victim = _someStaker(seed);
        uint256 amount = between(seed, 1, 1e27);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.withdraw(amount);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.notifyRewardAmount(amount);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.rescue(address(REWARDS), ATTACKER, 0);
        vm.prank(ATTACKER);
        vm.expectRevert();
        POOL.setFunder(ATTACKER, true);
        vm.prank(ATTACKER);
        POOL.getRewardTo(victim);
        require(STAKING.balanceOf(ATTACKER) == 0 && REWARDS.balanceOf(ATTACKER) == 0, "attackers get nothing");
        count("theft refused");
    }

    /* FUNDERS AND DONORS */

    function notifyReward(uint256 amount) external {
        _notify(between(mix(amount), 1, 10 ** (mix(amount) % 14)));
    }

    /// @dev INV-F6: never refused for the rate; the rate never falls, nor does the end come forward; what is notified is
    /// owed to the unit, and of what is carried less than a second's worth.
    function _notify(uint256 amount) private {
        uint256 current = POOL.getRewardForDuration();
        uint256 finish = POOL.periodFinish();
        uint256 owed = POOL.rewardsOwed();
        bool running = finish > block.timestamp;
        REWARDS.mint(address(POOL), amount);
        _beforeOperation();
        POOL.notifyRewardAmount(amount);
        _afterOperation(address(0), false);
        funded += amount;
        uint256 raised = POOL.getRewardForDuration();
        if (running) require(raised >= current, "a running rate never falls");
        require(POOL.periodFinish() >= finish, "the end never comes forward");
        require(POOL.rewardsOwed() == owed + amount, "what is notified is owed");
        uint256 carry = POOL.carry();
        require(carry == 0 || carry * POOL.rewardsDuration() < raised, "less than a second is carried");
        if (running && raised > current) count("rate raised");
        if (running && raised == current) count("stream prolonged");
        if (carry != 0) count("carried");
        if (POOL.totalSupply() == 0) count("notified while empty");
    }

    function notifyWithoutTokens(uint256 amount) external {
        uint256 surplus = REWARDS.balanceOf(address(POOL)) - POOL.liabilities(address(REWARDS));
        vm.expectRevert();
        POOL.notifyRewardAmount(surplus + between(amount, 1, 1e30));
        count("unfunded notification refused");
    }

    function donate(uint256 seed, uint256 amount) external {
        amount = between(mix(amount), 1, 1e24);
        _beforeOperation();
        if (mix(seed) % 2 == 0 || SAME_TOKEN) {
            STAKING.mint(address(POOL), amount);
            stakingDonated += amount;
        } else {
            REWARDS.mint(address(POOL), amount);
            rewardsDonated += amount;
        }
        _afterOperation(address(0), false);
        count("donated");
    }

    /* GOVERNANCE */

    function pauseAndUnpause(uint256 seed) external {
        vm.prank(GUARDIAN);
        POOL.pause();
        vm.prank(GUARDIAN);
        vm.expectRevert();
        POOL.unpause();
        address account = actor(mix(seed));
        _fundActor(account, 100);
        vm.prank(account);
        vm.expectRevert();
        POOL.stake(100);
        if (POOL.balanceOf(account) != 0) {
            vm.prank(account);
            POOL.withdraw(1);
            count("left while paused");
        }
        POOL.unpause();
    }

    function nameFunder(uint256 seed) external {
        address funder = actor(mix(seed));
        POOL.setFunder(funder, true);
        uint256 surplus = REWARDS.balanceOf(address(POOL)) - POOL.liabilities(address(REWARDS));
        vm.prank(funder);
        vm.expectRevert();
        POOL.notifyRewardAmount(surplus + 1);
        POOL.setFunder(funder, false);
    }

    function rescue(uint256 seed) external {
        address token = mix(seed) % 2 == 0 ? address(STAKING) : address(REWARDS);
        uint256 surplus = IERC20(token).balanceOf(address(POOL)) - POOL.liabilities(token);
        POOL.rescue(token, address(0xBEEF), surplus);
        vm.expectRevert();
        POOL.rescue(token, address(0xBEEF), 1);
        if (token == address(STAKING)) {
            stakingDonated = 0;
            if (SAME_TOKEN) rewardsDonated = 0;
        } else {
            rewardsDonated = 0;
        }
        if (surplus != 0) count("rescued a surplus");
    }

    /* CHECKS */

    /// @notice Everybody leaves, and gets exactly the stake; what remains owed is what has not streamed and dust.
    function everybodyLeaves() external {
        for (uint256 i = 0; i < ACTORS; ++i) {
            address account = actor(i);
            uint256 staked = POOL.balanceOf(account);
            if (staked == 0) continue;
            uint256 before = STAKING.balanceOf(account);
            vm.prank(account);
            POOL.withdraw(staked);
            require(STAKING.balanceOf(account) == before + staked, "everybody leaves with the whole stake");
        }
        require(POOL.totalSupply() == 0, "nobody is left");
        for (uint256 i = 0; i < ACTORS; ++i) {
            address account = actor(i);
            paid += POOL.earned(account);
            POOL.getRewardFor(account);
        }
        require(POOL.rewardsOwed() == funded - paid, "funded is paid and owed");
    }

    function sumOfStakes() external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) sum += POOL.balanceOf(actor(i));
    }

    function sumOfEarned() external view returns (uint256 sum) {
        for (uint256 i = 0; i < ACTORS; ++i) sum += POOL.earned(actor(i));
    }

    /// @dev A staker if there is one, else anybody.
    function _someStaker(uint256 seed) private returns (address account) {
        uint256 first = mix(seed) % ACTORS;
        for (uint256 i = 0; i < ACTORS; ++i) {
            account = actor(first + i);
            if (POOL.balanceOf(account) != 0) return account;
        }
    }

    function _fundActor(address account, uint256 amount) private {
        STAKING.mint(account, amount);
        vm.prank(account);
        STAKING.approve(address(POOL), type(uint256).max);
    }

    function _amount(uint256 seed) private pure returns (uint256) {
        return seed % 4 == 0 ? between(seed, 10, 1_000) : between(seed, 1e9, 1e27);
    }

    function _beforeOperation() private {
        for (uint256 i = 0; i < ACTORS; ++i) _earnedBefore[actor(i)] = POOL.earned(actor(i));
    }

    /// @dev `earned` falls only by a claim, or by one unit at most at an operation on one's own stake.
    function _afterOperation(address own, bool claimed) private view {
        for (uint256 i = 0; i < ACTORS; ++i) {
            address account = actor(i);
            if (account == own && claimed) continue;
            uint256 slack = account == own ? 1 : 0;
            require(POOL.earned(account) + slack >= _earnedBefore[account], "earned falls only by a claim");
            require(POOL.earned(account) <= _earnedBefore[account], "nobody earns by an operation");
        }
    }
}
