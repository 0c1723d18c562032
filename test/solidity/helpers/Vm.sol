// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The cheat codes that these tests use.
interface Vm {
    /// @notice Sets the block's time.
    function warp(uint256 timestamp) external;

    /// @notice Makes the next call come from `sender`.
    function prank(address sender) external;

    /// @notice Makes the next call revert the test unless it reverts.
    function expectRevert() external;

    /// @notice Drops the run of a fuzz test unless `condition` holds.
    function assume(bool condition) external;

    /// @notice The creation code of a contract of the build, named as in `contracts/abstracts/Pool.sol:Pool`.
    function getCode(string calldata name) external view returns (bytes memory);

    /// @notice Sets the code at an address.
    function etch(address target, bytes calldata code) external;
}

/// @dev The address at which the test runner answers cheat codes: the last 20 bytes of keccak256("hevm cheat code").
Vm constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
