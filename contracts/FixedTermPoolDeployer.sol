// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedTermPool} from "./FixedTermPool.sol";
import {IFixedTermPool} from "./interfaces/IFixedTermPool.sol";

/// @title FixedTermPoolDeployer
/// @notice Holds the creation code of fixed-term pools; without arguments, so that it has the same address on every
/// chain.
contract FixedTermPoolDeployer {
    /// @notice Deploys a pool at an address that depends on the caller, `creator`, `salt` and `config`.
    /// @dev Anybody may call: without the caller in the salt, a stranger could take the address that a factory promises.
    function deploy(IFixedTermPool.Config calldata config, address creator, bytes32 salt) external returns (address) {
        return address(new FixedTermPool{salt: keccak256(abi.encode(msg.sender, creator, salt))}(config));
    }

    /// @notice Hash of the creation code with its arguments.
    function initCodeHash(IFixedTermPool.Config calldata config) external pure returns (bytes32) {
        return keccak256(bytes.concat(type(FixedTermPool).creationCode, abi.encode(config)));
    }
}
