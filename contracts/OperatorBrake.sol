// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {IOperatorBrake} from "./interfaces/IOperatorBrake.sol";

/// @title OperatorBrake
/// @notice Removes operators at once for the guardian and adds them for the admin after its delay.
/// @dev The only member, without delay, of the role that is admin of the operator's role. A leaked operator key
/// schedules faster than anybody cancels: without the role nothing that it scheduled can be executed. A role granted
/// again would revive all of it, so that an account that this contract knew with the role, and that lost it by
/// whatever way, never gets it back here.
contract OperatorBrake is IOperatorBrake, AccessManaged {
    uint64 private immutable _OPERATOR_ROLE;
    uint32 private immutable _MINIMUM_DELAY;

    /// @dev Accounts that this contract knows to have been operators.
    mapping(address account => bool) private _operators;

    /// @param minimumDelay_ Seconds, at least 1.
    constructor(address authority_, uint64 operatorRole_, uint32 minimumDelay_) AccessManaged(authority_) {
        require(minimumDelay_ != 0, BrakeDelayBelowMinimum(minimumDelay_, 1));
        _OPERATOR_ROLE = operatorRole_;
        _MINIMUM_DELAY = minimumDelay_;
    }

    /* GUARDIAN */

    /// @inheritdoc IOperatorBrake
    function removeOperator(address account) external restricted {
        require(_holdsRole(account), BrakeNotOperator(account));
        _operators[account] = true;
        emit OperatorRemoved(account);

        IAccessManager(authority()).revokeRole(_OPERATOR_ROLE, account);
    }

    /* GOVERNANCE */

    /// @inheritdoc IOperatorBrake
    function addOperator(address account, uint32 delay) external restricted {
        require(delay >= _MINIMUM_DELAY, BrakeDelayBelowMinimum(delay, _MINIMUM_DELAY));
        require(!wasRemoved(account), BrakeOperatorRemoved(account));
        _operators[account] = true;
        emit OperatorAdded(account, delay);

        IAccessManager(authority()).grantRole(_OPERATOR_ROLE, account, delay);
    }

    /* VIEWS */

    /// @inheritdoc IOperatorBrake
    function wasRemoved(address account) public view returns (bool) {
        return _operators[account] && !_holdsRole(account);
    }

    /// @inheritdoc IOperatorBrake
    function minimumDelay() external view returns (uint32) {
        return _MINIMUM_DELAY;
    }

    /// @inheritdoc IOperatorBrake
    function operatorRole() external view returns (uint64) {
        return _OPERATOR_ROLE;
    }

    /* INTERNAL */

    /// @dev Whether `account` has been granted the role, be it that it takes effect later.
    function _holdsRole(address account) private view returns (bool) {
        (uint48 since, , , ) = IAccessManager(authority()).getAccess(_OPERATOR_ROLE, account);
        return since != 0;
    }
}
