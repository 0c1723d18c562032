// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title SharedAccount
/// @notice An account of several owners, as a Safe is: what they have signed is executed by anybody, and logged by the
/// name that the account gave it.
/// @dev Asks for no signatures: who may execute is not what it is for.
contract SharedAccount {
    /// @dev As a Safe of version 1.4 logs it.
    event ExecutionSuccess(bytes32 indexed txHash, uint256 payment);
    event ExecutionFailure(bytes32 indexed txHash, uint256 payment);

    /// @notice Makes a call that is known as `txHash`; one that reverts is logged, and does not revert this one.
    function execute(bytes32 txHash, address to, bytes calldata data) external {
        (bool success, ) = to.call(data);
        if (success) emit ExecutionSuccess(txHash, 0);
        else emit ExecutionFailure(txHash, 0);
    }
}
