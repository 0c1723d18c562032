// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {PoolKind} from "../../types/PoolKind.sol";

/// @title ReceivingPool
/// @notice Takes payments as either kind of pool does, counts them, and misbehaves when told to.
contract ReceivingPool {
    using Address for address;
    using SafeERC20 for IERC20;

    IERC20 private immutable _TOKEN;

    /// @notice What it says it is.
    PoolKind public immutable kind;

    /// @notice Base units that it was notified of and that it pulled.
    uint256 public notified;
    uint256 public pulled;

    bool private _refusing;
    uint256 private _untaken;
    address private _target;
    bytes private _call;

    error PaymentRefused(uint256 amount);

    constructor(IERC20 token, PoolKind kind_) {
        _TOKEN = token;
        kind = kind_;
    }

    /// @notice What it says that it pays.
    function rewardsToken() external view returns (IERC20) {
        return _TOKEN;
    }

    /// @notice From now on it refuses payments, or no longer.
    function refuse(bool refusing) external {
        _refusing = refusing;
    }

    /// @notice From now on `fund` pulls `untaken` units less than it is given.
    function leaveUntaken(uint256 untaken) external {
        _untaken = untaken;
    }

    /// @notice From now on every payment calls `target` with `call`.
    function arm(address target, bytes calldata call) external {
        _target = target;
        _call = call;
    }

    function notifyRewardAmount(uint256 amount) external {
        notified += amount;
        _answer(amount);
    }

    function fund(uint256 amount) external returns (uint256 received) {
        received = amount - _untaken;
        pulled += received;
        _TOKEN.safeTransferFrom(msg.sender, address(this), received);
        _answer(amount);
    }

    function _answer(uint256 amount) private {
        require(!_refusing, PaymentRefused(amount));
        if (_target != address(0)) _target.functionCall(_call);
    }
}
