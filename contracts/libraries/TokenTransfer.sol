// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title TokenTransfer
/// @notice Moves tokens in, counting what arrives rather than what was asked for.
library TokenTransfer {
    using SafeERC20 for IERC20;

    /// @notice The address given as a token has no code.
    error TokenWithoutCode(address token);

    /// @notice Nothing arrived of the amount asked for.
    error TokenNothingReceived(address token, uint256 amount);

    /// @notice Pulls `amount` from `from` and returns what arrived, in base units, at least 1.
    /// @dev The caller must hold a reentrancy lock: a token that calls back between the two readings could have one
    /// deposit counted twice.
    function pull(IERC20 token, address from, uint256 amount) internal returns (uint256 received) {
        uint256 balanceBefore = token.balanceOf(address(this));
        token.safeTransferFrom(from, address(this), amount);
        uint256 balanceAfter = token.balanceOf(address(this));
        require(balanceAfter > balanceBefore, TokenNothingReceived(address(token), amount));
        unchecked {
            received = balanceAfter - balanceBefore; // checked on the line above
        }
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
        try IERC20Permit(address(token)).permit(owner, address(this), amount, deadline, v, r, s) {} catch {}
    }

    /// @notice Requires that `token` has code, since a call to an address without code succeeds and does nothing.
    function requireCode(address token) internal view {
        require(token.code.length != 0, TokenWithoutCode(token));
    }
}
