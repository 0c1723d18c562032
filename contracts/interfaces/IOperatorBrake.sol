// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IOperatorBrake
/// @notice Removes operators at once for the guardian and adds them for the admin after its delay.
interface IOperatorBrake {
    /// @notice An operator was removed; nothing that it scheduled can be executed any more.
    event OperatorRemoved(address indexed account);

    /// @notice An account became an operator, or its delay changed; it acts after `delay` seconds.
    event OperatorAdded(address indexed account, uint32 delay);

    /// @notice The delay is below `minimum`, in seconds.
    error BrakeDelayBelowMinimum(uint256 delay, uint256 minimum);

    /// @notice The account was an operator before; what it scheduled then would come back to life with it.
    error BrakeOperatorRemoved(address account);

    /// @notice The account is no operator.
    error BrakeNotOperator(address account);

    /* GUARDIAN */

    /// @notice Removes an operator, with everything that it has scheduled; for the guardian, at once and for good.
    /// @dev Errors: `BrakeNotOperator`.
    function removeOperator(address account) external;

    /* GOVERNANCE */

    /// @notice Makes `account` an operator, or changes the delay of one; for the admin, after its delay.
    /// @dev A shorter delay acts only once the difference has passed. Errors: `BrakeDelayBelowMinimum`,
    /// `BrakeOperatorRemoved`.
    /// @param delay Seconds that pass before what the operator schedules can be executed; at least `minimumDelay`.
    function addOperator(address account, uint32 delay) external;

    /* VIEWS */

    /// @notice Whether `account` was an operator and is none any more; such an account never becomes one again.
    function wasRemoved(address account) external view returns (bool);

    /// @notice Shortest delay of an operator, in seconds.
    function minimumDelay() external view returns (uint32);

    /// @notice Id of the operator's role in the access manager.
    function operatorRole() external view returns (uint64);
}
