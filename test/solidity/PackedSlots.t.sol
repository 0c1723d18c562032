// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Checkpoint, CheckpointLib} from "../../contracts/types/Checkpoint.sol";
import {Period, PeriodLib} from "../../contracts/types/Period.sol";
import {Position, PositionLib} from "../../contracts/types/Position.sol";
import {RenewOrder, RenewOrderLib} from "../../contracts/types/RenewOrder.sol";
import {Staker, StakerLib} from "../../contracts/types/Staker.sol";

/// @notice Every field of a packed slot comes back as it was, and changing one changes no other.
contract PackedSlotsTest {
    struct Fields {
        uint256 reward;
        uint256 end;
        uint256 paid;
        bool wide;
        bool paused;
    }

    function testFuzz_CheckpointKeepsItsFields(uint96 staked, uint32 updated, uint224 accumulator) external pure {
        Checkpoint checkpoint = CheckpointLib.pack(staked, updated, accumulator);
        assert(checkpoint.totalStaked() == staked);
        assert(checkpoint.lastUpdate() == updated);
        assert(checkpoint.accumulatorLow() == uint128(accumulator));
    }

    function testFuzz_PositionKeepsItsFields(
        uint96 principal,
        uint96 reward,
        uint32 maturity,
        uint8 termId,
        uint24 order,
        uint24 other
    ) external pure {
        Position position = PositionLib.pack(principal, reward, maturity, termId, RenewOrder.wrap(order));
        for (uint256 i; i < 2; ++i) {
            assert(position.principal() == principal && position.reward() == reward);
            assert(position.maturity() == maturity && position.termId() == termId);
            assert(RenewOrder.unwrap(position.order()) == (i == 0 ? order : other));
            position = position.withOrder(RenewOrder.wrap(other));
        }
    }

    function testFuzz_RenewOrderKeepsItsFields(uint8 termId, uint16 window, bool repeats) external pure {
        uint256 hours_ = 1 + (window % 720);
        RenewOrder order = RenewOrderLib.pack(termId, hours_ * 1 hours, repeats);
        assert(order.isSet() && order.termId() == termId);
        assert(order.window() == hours_ * 1 hours && order.repeats() == repeats);
    }

    function test_NoOrderIsAllZeros() external pure {
        RenewOrder none = RenewOrderLib.NONE;
        assert(!none.isSet() && none.termId() == 0 && none.window() == 0 && !none.repeats());
    }

    function testFuzz_StakerKeepsItsFields(uint96 stake, uint160 debt) external pure {
        Staker staker = StakerLib.pack(stake, debt);
        assert(staker.stake() == stake);
        assert(staker.debt() == debt);
    }

    function testFuzz_PeriodChangesOneFieldAtATime(
        uint256 slot,
        uint128 reward,
        uint32 end,
        uint80 paid,
        bool paused
    ) external pure {
        Period period = Period.wrap(slot);
        Fields memory before = _fields(period);

        Fields memory expected = _fields(period);
        expected.paid = paid;
        _check(period.withPaid(paid), expected);

        expected = _fields(period);
        expected.end = end;
        _check(period.withEnd(end), expected);

        expected = _fields(period);
        expected.wide = true;
        _check(period.withWide(), expected);

        expected = _fields(period);
        expected.paused = paused;
        _check(period.withPaused(paused), expected);

        _check(period.restart(reward, end), Fields(reward, end, 0, before.wide, before.paused));
    }

    function _fields(Period period) private pure returns (Fields memory) {
        return Fields(period.reward(), period.end(), period.paid(), period.wide(), period.paused());
    }

    function _check(Period period, Fields memory expected) private pure {
        assert(keccak256(abi.encode(_fields(period))) == keccak256(abi.encode(expected)));
    }
}
