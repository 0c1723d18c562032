// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Math
/// @notice Stands in for OpenZeppelin's library of the same name, which is partly written in assembly, about which the
/// SMT checker knows nothing. `test/solidity/Formulas.t.sol` holds it equal to the original.
library Math {
    function ceilDiv(uint256 a, uint256 b) internal pure returns (uint256) {
        require(b != 0, "division by zero");
        return a == 0 ? 0 : (a - 1) / b + 1;
    }
}
