// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {vm} from "./Vm.sol";

/// @notice Deploys contracts of the build by name. `new` would embed their creation code, which the compiler generates and
/// optimizes anew in every contract that holds it: two thirds of a build's time.
library Artifact {
    /// @param name Named as in `contracts/abstracts/Pool.sol:Pool`.
    /// @param constructorArguments Encoded by `abi.encode`.
    function deploy(string memory name, bytes memory constructorArguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.getCode(name), constructorArguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
            if iszero(deployed) {
                let pointer := mload(0x40)
                returndatacopy(pointer, 0, returndatasize())
                revert(pointer, returndatasize())
            }
        }
    }
}
