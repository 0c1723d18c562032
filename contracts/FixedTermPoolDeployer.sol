// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {FixedTermPool} from "./FixedTermPool.sol";
import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";

/// @title FixedTermPoolDeployer
/// @notice Holds the creation code of fixed-term pools; without arguments, so that it has the same address on every
/// chain.
/// @dev It fills the code limit nearly, so the configuration is passed on as it came, behind the head of the call, and
/// decoded by the constructor alone.
contract FixedTermPoolDeployer {
    /// @notice Deploys a pool at an address that depends on the caller, `creator`, `salt` and `config`.
    /// @dev Anybody may call: without the caller in the salt, a stranger could take the address that a factory
    /// promises.
    function deploy(IFixedTermPool.Config calldata, address creator, bytes32 salt) external returns (address) {
        return Create2.deploy(0, keccak256(abi.encode(msg.sender, creator, salt)), _initCode(msg.data[100:]));
    }

    /// @notice Hash of the creation code with its arguments.
    function initCodeHash(IFixedTermPool.Config calldata) external pure returns (bytes32) {
        return keccak256(_initCode(msg.data[36:]));
    }

    function _initCode(bytes calldata config) private pure returns (bytes memory) {
        return bytes.concat(type(FixedTermPool).creationCode, bytes32(uint256(32)), config);
    }
}
