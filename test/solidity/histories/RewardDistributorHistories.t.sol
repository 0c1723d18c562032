// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IRewardDistributor} from "../../../contracts/interfaces/IRewardDistributor.sol";
import {ReceivingPool} from "../../../contracts/mocks/pools/ReceivingPool.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {PoolKind} from "../../../contracts/types/PoolKind.sol";
import {Artifact} from "../helpers/Artifact.sol";

uint256 constant POOLS = 3;

interface Clock {
    function warp(uint256 timestamp) external;
}

/// @notice Random histories of two schedules of one token against a model that takes epochs one by one: funding,
/// paying, weights, fees, donations, ends, in any order, at every scale of budget and weight.
contract RewardDistributorHistoriesTest {
    /// @dev What a schedule must be. `exact` is base units times 2^96 that accrued to a pool, rounded up.
    struct Model {
        IRewardDistributor.Terms terms;
        uint256 accrued;
        uint256 balance;
        uint256 totalWeight;
        bool ended;
        uint256[POOLS] weights;
        uint256[POOLS] exact;
        uint256[POOLS] paid;
    }

    Clock private constant _CLOCK = Clock(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant _STEPS = 40;
    uint256 private constant _SCHEDULES = 2;
    address private constant _INSURANCE = address(0x1001);
    address private constant _TREASURY = address(0x2002);

    IRewardDistributor private _distributor;
    PlainToken private _token;
    ReceivingPool[POOLS] private _pools;
    Model[_SCHEDULES] private _models;
    uint256 private _fees;
    uint256 private _donated;
    uint256 private _now = 1_800_000_000; // the optimizer may read the block's own time once and keep it

    function setUp() external {
        _CLOCK.warp(_now);
        _token = PlainToken(
            Artifact.deploy("contracts/mocks/tokens/PlainToken.sol:PlainToken", abi.encode("Token", "TOKEN", 18))
        );
        _distributor = IRewardDistributor(
            Artifact.deploy(
                "contracts/RewardDistributor.sol:RewardDistributor",
                abi.encode(address(this), _INSURANCE, _TREASURY, 3_333)
            )
        );
        _token.mint(address(this), 1 << 200);
        _token.approve(address(_distributor), type(uint256).max);
        for (uint256 i; i < POOLS; ++i)
            _pools[i] = new ReceivingPool(_token, i == 0 ? PoolKind.FixedTerm : PoolKind.Flexible);
    }

    /// @dev The test is its own authority: governance acts at once.
    function canCall(address, address, bytes4) external pure returns (bool, uint32) {
        return (true, 0);
    }

    function testFuzz_EveryHistoryIsThatOfTheModel(uint256 seed, uint256 budgetScale, uint256 weightScale) external {
        budgetScale %= 128;
        weightScale %= 33;
        for (uint256 id; id < _SCHEDULES; ++id) _create(id, uint256(keccak256(abi.encode(seed, id))), budgetScale);
        for (uint256 step; step < _STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            _now += (seed >> 200) % 3 == 0 ? (seed >> 208) % 20 days : 0;
            _CLOCK.warp(_now);
            _act((seed >> 8) % _SCHEDULES, (seed >> 16) % 16, seed >> 24, weightScale);
            for (uint256 id; id < _SCHEDULES; ++id) _check(id);
            _checkSolvent();
        }
        _finish();
    }

    function _create(uint256 id, uint256 random, uint256 budgetScale) private {
        uint32[3] memory lengths = [uint32(1 days), 7 days, 30 days];
        Model storage model = _models[id];
        model.terms = IRewardDistributor.Terms({
            token: address(_token),
            epoch: lengths[random % 3],
            budget: uint128(1 + ((random >> 8) % (1 << budgetScale))),
            start: uint40(_now + ((random >> 140) % 10 days)),
            epochs: uint32(1 + ((random >> 180) % 24)),
            feeBps: uint16((random >> 200) % 3_501)
        });
        _distributor.createSchedule(model.terms, new IRewardDistributor.Recipient[](0));
    }

    function _act(uint256 id, uint256 action, uint256 random, uint256 weightScale) private {
        Model storage model = _models[id];
        if (action < 5) {
            _fund(id, 1 + (random % (uint256(model.terms.budget) * 6)));
        } else if (action < 9) {
            _distribute(id, random % POOLS);
        } else if (action < 13) {
            if (!model.ended) _setWeight(id, random % POOLS, random >> 8, weightScale);
        } else if (action == 13) {
            _sweep();
        } else if (action == 14) {
            _donated += random % 1_000;
            _token.transfer(address(_distributor), random % 1_000);
        } else if (random % 8 == 0 && !model.ended) {
            _end(id);
        }
    }

    function _fund(uint256 id, uint256 amount) private {
        Model storage model = _models[id];
        uint256 usable = (model.terms.epochs - model.accrued) * model.terms.budget - model.balance;
        if (model.ended || usable == 0) {
            try _distributor.fund(id, amount) {
                assert(false);
            } catch (bytes memory reason) {
                assert(
                    bytes4(reason) ==
                        (
                            model.ended
                                ? IRewardDistributor.DistributorScheduleEnded.selector
                                : IRewardDistributor.DistributorFullyFunded.selector
                        )
                );
            }
            return;
        }
        uint256 received = _distributor.fund(id, amount);
        assert(received == Math.min(amount, usable));
        model.balance += received;
    }

    function _distribute(uint256 id, uint256 pool) private {
        uint256 due = _distributor.pending(id, address(_pools[pool]));
        if (due == 0) return;
        _accrue(id);
        uint256 before = _token.balanceOf(address(_pools[pool]));
        assert(_distributor.distribute(id, address(_pools[pool])) == due);
        assert(_token.balanceOf(address(_pools[pool])) - before == due);
        _models[id].paid[pool] += due;
    }

    function _setWeight(uint256 id, uint256 pool, uint256 random, uint256 weightScale) private {
        _accrue(id);
        Model storage model = _models[id];
        uint256 weight = random % 4 == 0 ? 0 : (random >> 8) % (1 << weightScale);
        model.totalWeight = model.totalWeight - model.weights[pool] + weight;
        model.weights[pool] = weight;
        IRewardDistributor.Recipient[] memory recipients = new IRewardDistributor.Recipient[](1);
        recipients[0] = IRewardDistributor.Recipient(address(_pools[pool]), uint32(weight));
        _distributor.setWeights(id, recipients);
    }

    function _sweep() private {
        (uint256 insurance, uint256 treasury) = _distributor.feesOwed(address(_token));
        assert(insurance <= ((insurance + treasury) * 3_333) / 10_000);
        uint256 before = _token.balanceOf(_INSURANCE) + _token.balanceOf(_TREASURY);
        _distributor.sweepFees(address(_token));
        assert(_token.balanceOf(_INSURANCE) + _token.balanceOf(_TREASURY) - before == insurance + treasury);
        _fees -= insurance + treasury;
    }

    function _end(uint256 id) private {
        _accrue(id);
        Model storage model = _models[id];
        assert(_distributor.endSchedule(id, address(this)) == model.balance);
        model.balance = 0;
        model.ended = true;
    }

    /// @dev Takes epochs one by one, as the contract stores them: whenever something is paid or weights change.
    function _accrue(uint256 id) private {
        Model storage model = _models[id];
        uint256 epochs = _coverable(model);
        uint256 gross = epochs * model.terms.budget;
        uint256 fee = (gross * model.terms.feeBps) / 10_000;
        _fees += fee;
        model.accrued += epochs;
        model.balance -= gross;
        for (uint256 i; i < POOLS && epochs != 0; ++i) {
            model.exact[i] += Math.mulDiv((gross - fee) << 96, model.weights[i], model.totalWeight, Math.Rounding.Ceil);
        }
    }

    function _coverable(Model storage model) private view returns (uint256 epochs) {
        if (model.ended || model.totalWeight == 0) return 0;
        uint256 balance = model.balance;
        for (uint256 i = model.accrued; i < model.terms.epochs; ++i) {
            if (_now < model.terms.start + i * model.terms.epoch || balance < model.terms.budget) break;
            balance -= model.terms.budget;
            ++epochs;
        }
    }

    function _started(Model storage model) private view returns (uint256 epochs) {
        while (epochs < model.terms.epochs && model.terms.start + epochs * model.terms.epoch <= _now) ++epochs;
    }

    function _check(uint256 id) private view {
        Model storage model = _models[id];
        IRewardDistributor.ScheduleState memory state = _distributor.schedule(id);
        uint256 covered = _coverable(model);
        assert(state.accruedEpochs == model.accrued + covered);
        assert(state.balance == model.balance - covered * model.terms.budget);
        assert(state.totalWeight == model.totalWeight && state.ended == model.ended);
        uint256 uncovered = model.ended ? 0 : _started(model) - state.accruedEpochs;
        assert(state.uncoveredEpochs == uncovered);
        assert(state.missing == Math.saturatingSub(uncovered * model.terms.budget, state.balance));
    }

    function _checkSolvent() private view {
        uint256 owed = _distributor.liabilities(address(_token));
        assert(_token.balanceOf(address(_distributor)) == owed + _donated);
        (uint256 insurance, uint256 treasury) = _distributor.feesOwed(address(_token));
        assert(insurance + treasury == _fees);
        for (uint256 id; id < _SCHEDULES; ++id) {
            owed -= _models[id].balance; // what is due but not stored is still in it
            for (uint256 i; i < POOLS; ++i) owed -= Math.min(_due(id, i), owed);
        }
        assert(owed >= insurance + treasury);
    }

    /// @dev Units that a pool can claim from what is stored.
    function _due(uint256 id, uint256 pool) private view returns (uint256) {
        Model storage model = _models[id];
        return _coverable(model) == 0 ? _distributor.pending(id, address(_pools[pool])) : 0;
    }

    /// @dev Everybody is paid; over its whole life each pool got what accrued to it, less at most one unit a schedule.
    function _finish() private {
        uint256 left;
        for (uint256 id; id < _SCHEDULES; ++id) {
            Model storage model = _models[id];
            for (uint256 i; i < POOLS; ++i) {
                _distribute(id, i);
                uint256 exact = model.exact[i] >> 96;
                assert(model.paid[i] <= exact && model.paid[i] + 1 >= exact);
            }
            _accrue(id);
            left += model.balance;
        }
        _sweep();
        assert(_distributor.liabilities(address(_token)) >= left);
        assert(_distributor.liabilities(address(_token)) <= left + _SCHEDULES * POOLS);
        _distributor.rescue(address(_token), address(this), _donated);
    }
}
