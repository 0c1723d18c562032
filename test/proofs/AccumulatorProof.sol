// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Formulas} from "test/proofs/Formulas.sol";

/// @notice The accumulator never falls and never leaves its range, whatever is staked; with its most digits, which need
/// the most room.
contract AccumulatorProof {
    function growsWithTime(uint128 reward, uint32 earlier, uint32 later, uint32 duration, uint96 staked) external pure {
        require(earlier <= later && later <= duration && duration != 0 && staked != 0);
        uint256 before = Formulas.growth(reward, earlier, duration, staked, 2 ** 96);
        assert(Formulas.growth(reward, later, duration, staked, 2 ** 96) >= before);
    }

    function staysInRange(
        uint256 accumulator,
        uint128 reward,
        uint32 elapsed,
        uint32 duration,
        uint96 staked
    ) external pure {
        require(elapsed <= duration && duration != 0 && staked != 0);
        // What a notification checks: the whole reward still fits, were one unit staked all the time.
        require(accumulator < 2 ** 224 && uint256(reward) * 2 ** 96 <= 2 ** 224 - 1 - accumulator);
        uint256 grown = accumulator + Formulas.growth(reward, elapsed, duration, staked, 2 ** 96);
        assert(grown >= accumulator && grown < 2 ** 224);
    }
}
