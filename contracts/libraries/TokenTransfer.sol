// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title TokenTransfer
/// @notice Moves tokens in and out, counting what arrives rather than what was asked for.
/// @dev Whatever a token does, what it keeps from happening reverts with an error that has a name: the token's own, or
/// `SafeERC20FailedOperation(token)` if it gives none, burns its gas, has lost its code, or answers with more than an
/// error is.
library TokenTransfer {
    using SafeERC20 for IERC20;

    /// @dev Most bytes of a token's own error that are passed on: a selector and 32 words.
    uint256 private constant _LONGEST_ERROR = 4 + 32 * 32;

    /// @notice The address given as a token has no code.
    error TokenWithoutCode(address token);

    /// @notice Nothing arrived of the amount asked for.
    error TokenNothingReceived(address token, uint256 amount);

    /// @notice Pulls `amount` from `from` and returns what to credit for it, in base units: what arrived, at least 1
    /// and at most `amount`. What reaches this contract by another way during the transfer belongs to nobody.
    /// @dev The caller must hold a reentrancy lock: a token that calls back between the two readings could have one
    /// deposit counted twice.
    function pull(IERC20 token, address from, uint256 amount) internal returns (uint256 received) {
        uint256 balanceBefore = holding(token, address(this));
        if (!token.trySafeTransferFrom(from, address(this), amount)) _fail(token);
        uint256 balanceAfter = holding(token, address(this));
        require(balanceAfter > balanceBefore, TokenNothingReceived(address(token), amount));
        unchecked {
            received = Math.min(balanceAfter - balanceBefore, amount); // checked on the line above
        }
    }

    /// @notice Sends `amount` to `to`.
    function push(IERC20 token, address to, uint256 amount) internal {
        if (!token.trySafeTransfer(to, amount)) _fail(token);
    }

    /// @notice What `account` has of `token`, in base units.
    function holding(IERC20 token, address account) internal view returns (uint256) {
        (bool success, bytes32 balance, ) = LowLevelCall.staticcallReturn64Bytes(
            address(token),
            abi.encodeCall(IERC20.balanceOf, (account))
        );
        if (!success || LowLevelCall.returnDataSize() < 32) _fail(token);
        return uint256(balance);
    }

    /// @notice Tries a permit of `amount` from `owner` to this contract; whoever used it first, the allowance decides.
    /// @dev A failed permit is not an error: somebody may have sent the same signature before.
    function tryPermit(
        IERC20 token,
        address owner,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) internal {
        LowLevelCall.callNoReturn(
            address(token),
            abi.encodeCall(IERC20Permit.permit, (owner, address(this), amount, deadline, v, r, s))
        );
    }

    /// @notice Requires that `token` has code, since a call to an address without code succeeds and does nothing.
    function requireCode(address token) internal view {
        require(token.code.length != 0, TokenWithoutCode(token));
    }

    /// @dev Reverts for the call to `token` just made, with the error that it answered if that has the shape of one: a
    /// selector and whole words. A `false` has not, nor has the void.
    function _fail(IERC20 token) private pure {
        uint256 size = LowLevelCall.returnDataSize();
        if (size % 32 == 4 && size <= _LONGEST_ERROR) LowLevelCall.bubbleRevert();
        revert SafeERC20.SafeERC20FailedOperation(address(token));
    }
}
