// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Formulas} from "test/proofs/Formulas.sol";

/// @notice A notification never lowers the running rate nor brings the end forward, and loses less than a unit.
contract StreamProof {
    function neverLowersTheRateNorBringsTheEndForward(
        uint128 reward,
        uint32 remaining,
        uint128 total,
        uint32 duration
    ) external pure {
        require(duration != 0 && remaining <= duration && remaining != 0 && total != 0);
        (uint256 newReward, uint256 newRemaining, ) = Formulas.afterNotification(reward, remaining, total, duration);
        assert(newReward >= reward);
        assert(newRemaining >= remaining && newRemaining <= duration);
    }

    function losesLessThanAUnit(uint128 reward, uint32 remaining, uint128 total, uint32 duration) external pure {
        require(duration != 0 && remaining <= duration && total != 0);
        (uint256 newReward, uint256 newRemaining, uint256 carry) = Formulas.afterNotification(
            reward,
            remaining,
            total,
            duration
        );
        uint256 had = uint256(reward) * remaining + uint256(total) * duration;
        uint256 has = newReward * newRemaining + carry * duration;
        assert(has <= had && had - has < duration);
    }
}
