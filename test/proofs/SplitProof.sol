// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Formulas} from "test/proofs/Formulas.sol";

/// @notice A split adds up exactly: the rounded shares never exceed the amount, so that there is a rest to give.
contract SplitProof {
    function sharesAddUp(uint16 insuranceBps, uint16 treasuryBps, uint16 burnBps, uint128 amount) external pure {
        require(uint256(insuranceBps) + treasuryBps + burnBps <= 10_000);
        uint256 shares =
            Formulas.share(amount, insuranceBps) +
                Formulas.share(amount, treasuryBps) +
                Formulas.share(amount, burnBps);
        assert(shares <= amount);
        uint256 rest = amount - shares;
        assert(rest + shares == amount);
    }
}
