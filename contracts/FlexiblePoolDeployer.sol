// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FlexiblePool} from "./FlexiblePool.sol";
import {IFlexiblePool} from "./interfaces/IFlexiblePool.sol";

/// @title FlexiblePoolDeployer
/// @notice Holds the creation code of flexible pools; without arguments, so that it has the same address on every
/// chain.
contract FlexiblePoolDeployer {
    /// @notice Deploys a pool at an address that depends on the caller, `creator`, `salt` and `config`.
    /// @dev Anybody may call: without the caller in the salt, a stranger could take the address that a factory
    /// promises.
    function deploy(IFlexiblePool.Config calldata config, address creator, bytes32 salt) external returns (address) {
        return address(new FlexiblePool{salt: keccak256(abi.encode(msg.sender, creator, salt))}(config));
    }

    /// @notice Hash of the creation code with its arguments.
    function initCodeHash(IFlexiblePool.Config calldata config) external pure returns (bytes32) {
        return keccak256(bytes.concat(type(FlexiblePool).creationCode, abi.encode(config)));
    }
}
