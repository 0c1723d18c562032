// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "./PlainToken.sol";

/// @title RefusingToken
/// @notice A token that can be made to refuse every transfer, or those to one receiver, in one of the ways that hurt a
/// careless caller.
contract RefusingToken is PlainToken {
    enum Refusal {
        None,
        Reverts,
        ReturnsFalse,
        BurnsGas,
        RevertsAtLength
    }

    Refusal private _refusal;
    mapping(address receiver => Refusal) private _refusalOf;

    error TransferRefused();

    constructor() PlainToken("Refusing", "REFUSE", 18) {}

    function setRefusal(Refusal refusal) external {
        _refusal = refusal;
    }

    function setRefusalOf(address receiver, Refusal refusal) external {
        _refusalOf[receiver] = refusal;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (_refuses(to)) return false;
        return super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (_refuses(to)) return false;
        return super.transferFrom(from, to, amount);
    }

    function _refuses(address to) private view returns (bool) {
        Refusal refusal = _refusal == Refusal.None ? _refusalOf[to] : _refusal;
        require(refusal != Refusal.Reverts, TransferRefused());
        if (refusal == Refusal.BurnsGas) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        if (refusal == Refusal.RevertsAtLength) {
            assembly ("memory-safe") {
                revert(0, 256000)
            }
        }
        return refusal == Refusal.ReturnsFalse;
    }
}
