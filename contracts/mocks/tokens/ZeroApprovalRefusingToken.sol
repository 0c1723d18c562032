// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title ZeroApprovalRefusingToken
/// @notice A token that refuses to approve zero, as BNB on Ethereum does.
contract ZeroApprovalRefusingToken is PlainToken {
    error ZeroApproval();

    constructor() PlainToken("Zero approval", "ZERO", 18) {}

    function approve(address spender, uint256 amount) public override returns (bool) {
        require(amount != 0, ZeroApproval());
        return super.approve(spender, amount);
    }
}
