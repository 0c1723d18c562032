// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardDistributor} from "../../../contracts/interfaces/IRewardDistributor.sol";
import {ReceivingPool} from "../../../contracts/mocks/pools/ReceivingPool.sol";
import {PoolKind} from "../../../contracts/types/PoolKind.sol";
import {Artifact} from "./Artifact.sol";
import {Handler} from "./Handler.sol";
import {vm} from "./Vm.sol";

/// @notice Everything that anybody does to a distributor: funders, keepers, pools that refuse, governance, thieves, donors
/// and time. All schedules pay one token, so that what belongs to one could be paid to another.
contract DistributorHandler is Handler {
    uint256 public constant POOLS = 4;
    uint256 internal constant MOST_SCHEDULES = 12;
    address internal constant INSURANCE = address(0x1115);
    address internal constant TREASURY = address(0x7EA5);

    IRewardDistributor public immutable DISTRIBUTOR;

    uint256 public funded;
    uint256 public distributed;
    uint256 public feesPaid;
    uint256 public refunded;
    uint256 public donated;
    mapping(uint256 scheduleId => uint256) public fundedOf;
    mapping(uint256 scheduleId => uint256) public refundedOf;
    ReceivingPool[POOLS] public pools;
    mapping(uint256 pool => bool) private _refusing;
    mapping(uint256 key => uint256) private _pendingBefore;

    constructor() Handler(true) {
        DISTRIBUTOR = IRewardDistributor(
            Artifact.deploy(
                "contracts/RewardDistributor.sol:RewardDistributor",
                abi.encode(address(this), INSURANCE, TREASURY, 3_333)
            )
        );
        for (uint256 i = 0; i < POOLS; ++i) {
            pools[i] = ReceivingPool(
                Artifact.deploy(
                    "contracts/mocks/pools/ReceivingPool.sol:ReceivingPool",
                    abi.encode(REWARDS, i % 2 == 0 ? PoolKind.Flexible : PoolKind.FixedTerm)
                )
            );
        }
        REWARDS.approve(address(DISTRIBUTOR), type(uint256).max);
    }

    function selectors() external pure override returns (bytes4[] memory list) {
        list = new bytes4[](13);
        list[0] = this.warp.selector;
        list[1] = this.create.selector;
        list[2] = this.fund.selector;
        list[3] = this.distribute.selector;
        list[4] = this.distributeToAll.selector;
        list[5] = this.setWeight.selector;
        list[6] = this.turnPool.selector;
        list[7] = this.sweep.selector;
        list[8] = this.end.selector;
        list[9] = this.attack.selector;
        list[10] = this.donate.selector;
        list[11] = this.rescue.selector;
        list[12] = this.changeRecipients.selector;
    }

    /* FUNDERS AND KEEPERS */

    function fund(uint256 seed, uint256 amount) external {
        (uint256 id, bool found) = _running(seed);
        if (!found) return;
        IRewardDistributor.ScheduleState memory state = DISTRIBUTOR.schedule(id);
        uint256 left = (state.terms.epochs - state.accruedEpochs) * uint256(state.terms.budget);
        if (left <= state.balance) return;
        amount = mix(amount) % 4 == 0 ? left + 1 : between(mix(amount), 1, uint256(state.terms.budget) * 4);
        REWARDS.mint(address(this), amount);
        _beforeOperation();
        uint256 received = DISTRIBUTOR.fund(id, amount);
        _afterOperation(type(uint256).max);
        require(received <= amount, "no more is taken than is given");
        funded += received;
        fundedOf[id] += received;
        if (received < amount) count("more than can be used");
        count("funded");
    }

    function distribute(uint256 seed, uint256 pool) external {
        if (DISTRIBUTOR.scheduleCount() == 0) return;
        _distribute(mix(seed) % DISTRIBUTOR.scheduleCount(), mix(pool) % POOLS);
    }

    function distributeToAll(uint256 seed) external {
        if (DISTRIBUTOR.scheduleCount() == 0) return;
        uint256 id = mix(seed) % DISTRIBUTOR.scheduleCount();
        for (uint256 i = 0; i < POOLS; ++i) _distribute(id, i);
    }

    function _distribute(uint256 id, uint256 i) private {
        address pool = address(pools[i]);
        uint256 due = DISTRIBUTOR.pending(id, pool);
        uint256 held = REWARDS.balanceOf(pool);
        if (due == 0 || _refusing[i]) {
            vm.expectRevert();
            DISTRIBUTOR.distribute(id, pool);
            require(DISTRIBUTOR.pending(id, pool) == due, "a pool that refuses keeps its claim");
            if (due != 0) count("pool refused");
            return;
        }
        if (DISTRIBUTOR.schedule(id).accruedEpochs > 1) count("epochs missed");
        _beforeOperation();
        require(DISTRIBUTOR.distribute(id, pool) == due, "what is pending is paid");
        _afterOperation(_key(id, i));
        require(REWARDS.balanceOf(pool) == held + due, "what is paid arrives");
        require(DISTRIBUTOR.pending(id, pool) == 0, "nothing is paid twice");
        distributed += due;
        count("distributed");
    }

    /// @notice One recipient is sometimes refused its fees, which wait then.
    function sweep(uint256 seed) external {
        bool refused = mix(seed) % 3 == 0;
        (bool paid, bool waits) = _sweep(refused, address(0));
        if (paid) count("fees swept");
        if (waits) count("fees refused");
    }

    /// @dev Sweeps, or changes the insurance recipient to one that is not zero, which sweeps first.
    function _sweep(bool refused, address changed) private returns (bool, bool) {
        (address insurance, address treasury) = DISTRIBUTOR.recipients();
        (uint256 ofInsurance, uint256 ofTreasury) = DISTRIBUTOR.feesOwed(address(REWARDS));
        uint256 held = REWARDS.balanceOf(insurance) + REWARDS.balanceOf(treasury);
        setBlocked(REWARDS, insurance, refused);
        _beforeOperation();
        if (changed == address(0)) {
            DISTRIBUTOR.sweepFees(address(REWARDS));
        } else {
            address[] memory tokens = new address[](1);
            tokens[0] = address(REWARDS);
            DISTRIBUTOR.setRecipients(changed, treasury, tokens);
        }
        _afterOperation(type(uint256).max);
        setBlocked(REWARDS, insurance, false);
        uint256 paid = REWARDS.balanceOf(insurance) + REWARDS.balanceOf(treasury) - held;
        require(paid == ofTreasury + (refused ? 0 : ofInsurance), "fees go to their recipients, or wait");
        feesPaid += paid;
        return (paid != 0, refused && ofInsurance != 0);
    }

    /* POOLS AND STRANGERS */

    function turnPool(uint256 pool) external {
        pool = mix(pool) % POOLS;
        _refusing[pool] = !_refusing[pool];
        pools[pool].refuse(_refusing[pool]);
    }

    function attack(uint256 seed) external {
        (uint256 id, bool found) = _running(seed);
        if (!found) return;
        IRewardDistributor.Recipient[] memory own = new IRewardDistributor.Recipient[](1);
        own[0] = IRewardDistributor.Recipient(address(pools[0]), 1);
        vm.prank(ATTACKER);
        vm.expectRevert();
        DISTRIBUTOR.setWeights(id, own);
        vm.prank(ATTACKER);
        vm.expectRevert();
        DISTRIBUTOR.endSchedule(id, ATTACKER);
        vm.prank(ATTACKER);
        vm.expectRevert();
        DISTRIBUTOR.setRecipients(ATTACKER, ATTACKER, new address[](0));
        vm.prank(ATTACKER);
        vm.expectRevert();
        DISTRIBUTOR.rescue(address(REWARDS), ATTACKER, 0);
        vm.prank(ATTACKER);
        vm.expectRevert();
        DISTRIBUTOR.distribute(id, ATTACKER);
        require(REWARDS.balanceOf(ATTACKER) == 0, "attackers get nothing");
        count("theft refused");
    }

    function donate(uint256 amount) external {
        amount = between(mix(amount), 1, 1e18);
        REWARDS.mint(address(DISTRIBUTOR), amount);
        donated += amount;
    }

    /* GOVERNANCE */

    function create(uint256 seed) external {
        if (DISTRIBUTOR.scheduleCount() < MOST_SCHEDULES) _create(mix(seed));
    }

    function setWeight(uint256 seed, uint256 pool, uint256 weight) external {
        (uint256 id, bool found) = _running(seed);
        if (!found) return;
        IRewardDistributor.Recipient[] memory changed = new IRewardDistributor.Recipient[](1);
        weight = mix(weight);
        changed[0] = _recipient(mix(pool) % POOLS, weight % 5 == 0 ? 0 : between(weight, 1, 1_000));
        _beforeOperation();
        DISTRIBUTOR.setWeights(id, changed);
        _afterOperation(type(uint256).max);
        count("weights changed");
    }

    /// @notice Ends an old schedule, or sometimes a young one.
    function end(uint256 seed) external {
        (uint256 id, bool found) = _running(seed);
        if (!found || mix(seed) % 8 != 0) return;
        uint256 balance = DISTRIBUTOR.schedule(id).balance;
        _beforeOperation();
        uint256 refund = DISTRIBUTOR.endSchedule(id, address(0xBEEF));
        _afterOperation(type(uint256).max);
        require(refund == balance, "only what has not accrued is refunded");
        refunded += refund;
        refundedOf[id] += refund;
        count("ended");
    }

    /// @notice What was booked goes to the recipients of its time, or waits for the next if it cannot leave.
    function changeRecipients(uint256 seed) external {
        seed = mix(seed);
        (bool paid, bool waits) = _sweep(seed % 3 == 0, address(uint160(between(seed, 1e6, 1e9))));
        if (paid) count("fees of their time");
        if (waits) count("fees left to the next");
    }

    function rescue() external {
        vm.expectRevert();
        DISTRIBUTOR.rescue(address(REWARDS), address(0xBEEF), donated + 1);
        DISTRIBUTOR.rescue(address(REWARDS), address(0xBEEF), donated);
        if (donated != 0) count("rescued a surplus");
        donated = 0;
    }

    /* CHECKS */

    /// @notice Pools accept again, everything is paid and every schedule ends: nothing remains but fractions of units.
    function everythingIsPaid() external {
        uint256 last = DISTRIBUTOR.scheduleCount();
        for (uint256 i = 0; i < POOLS; ++i) {
            _refusing[i] = false;
            pools[i].refuse(false);
        }
        for (uint256 id = 0; id < last; ++id) {
            for (uint256 i = 0; i < POOLS; ++i) _distribute(id, i);
            if (!DISTRIBUTOR.schedule(id).ended) refunded += DISTRIBUTOR.endSchedule(id, address(0xBEEF));
        }
        (uint256 insurance, uint256 treasury) = DISTRIBUTOR.feesOwed(address(REWARDS));
        DISTRIBUTOR.sweepFees(address(REWARDS));
        feesPaid += insurance + treasury;
        uint256 left = DISTRIBUTOR.liabilities(address(REWARDS));
        require(left <= last * POOLS, "less than a unit a claim remains");
        require(funded == distributed + feesPaid + refunded + left, "everything funded is accounted for");
    }

    /// @notice What schedules hold, owe to pools and owe as fees, as the views tell it.
    function accounted() external view returns (uint256 total) {
        (uint256 insurance, uint256 treasury) = DISTRIBUTOR.feesOwed(address(REWARDS));
        total = insurance + treasury;
        for (uint256 id = 0; id < DISTRIBUTOR.scheduleCount(); ++id) {
            total += DISTRIBUTOR.schedule(id).balance;
            for (uint256 i = 0; i < POOLS; ++i) total += DISTRIBUTOR.pending(id, address(pools[i]));
        }
    }

    function _create(uint256 seed) private {
        uint32[3] memory lengths = [uint32(1 days), 7 days, 30 days];
        IRewardDistributor.Terms memory terms = IRewardDistributor.Terms({
            token: address(REWARDS),
            epoch: lengths[seed % 3],
            budget: uint128(between(mix(seed), 1, 10 ** (seed % 28))),
            start: uint40(block.timestamp + (seed % 3 days)),
            epochs: uint32(between(mix(seed), 1, 60)),
            feeBps: uint16(mix(seed) % 3_501)
        });
        IRewardDistributor.Recipient[] memory recipients = new IRewardDistributor.Recipient[](2);
        for (uint256 i = 0; i < 2; ++i) recipients[i] = _recipient((seed + i) % POOLS, between(mix(seed), 1, 1_000));
        DISTRIBUTOR.createSchedule(terms, recipients);
        count("created");
    }

    function _recipient(uint256 pool, uint256 weight) private view returns (IRewardDistributor.Recipient memory) {
        return IRewardDistributor.Recipient(address(pools[pool]), uint32(weight));
    }

    /// @dev A schedule that has not ended, if there is one.
    function _running(uint256 seed) private returns (uint256 id, bool found) {
        uint256 last = DISTRIBUTOR.scheduleCount();
        uint256 first = mix(seed);
        for (uint256 i = 0; i < last; ++i) {
            id = ((first % last) + i) % last;
            if (!DISTRIBUTOR.schedule(id).ended) return (id, true);
        }
    }

    function _key(uint256 id, uint256 pool) private pure returns (uint256) {
        return id * POOLS + pool;
    }

    function _beforeOperation() private {
        for (uint256 key = 0; key < DISTRIBUTOR.scheduleCount() * POOLS; ++key) {
            _pendingBefore[key] = DISTRIBUTOR.pending(key / POOLS, address(pools[key % POOLS]));
        }
    }

    /// @dev What is due to a pool falls only by its own payment.
    function _afterOperation(uint256 paid) private view {
        for (uint256 key = 0; key < DISTRIBUTOR.scheduleCount() * POOLS; ++key) {
            if (key == paid) continue;
            uint256 due = DISTRIBUTOR.pending(key / POOLS, address(pools[key % POOLS]));
            require(due >= _pendingBefore[key], "nobody else's claim falls");
        }
    }
}
