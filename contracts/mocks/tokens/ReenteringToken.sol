// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {PlainToken} from "./PlainToken.sol";

/// @title ReenteringToken
/// @notice A token that calls back during its transfers, as ERC-777 does, before or after the balances move.
/// @dev The call comes from the token itself, which can be a staker; a call that fails makes the transfer fail.
contract ReenteringToken is PlainToken {
    using Address for address;

    address private _target;
    bytes private _call;
    bool private _before;

    /// @notice What the last callback answered.
    bytes public lastAnswer;

    constructor() PlainToken("Reentering", "ENTER", 18) {}

    /// @notice From now on every transfer calls `target` with `call`, before or after the balances move.
    function arm(address target, bytes calldata call, bool before) external {
        _target = target;
        _call = call;
        _before = before;
    }

    /// @notice Makes any other call as the token.
    function act(address target, bytes calldata call) external {
        target.functionCall(call);
    }

    function permit(address, address, uint256, uint256, uint8, bytes32, bytes32) public override {
        _reenter();
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (_before) _reenter();
        super._update(from, to, amount);
        if (!_before) _reenter();
    }

    function _reenter() private {
        address target = _target;
        if (target == address(0)) return;
        _target = address(0); // once at a time, or the callbacks would nest without end
        lastAnswer = target.functionCall(_call);
        _target = target;
    }
}
