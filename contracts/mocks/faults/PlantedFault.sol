// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title PlantedFault
/// @notice Stands where a contract stood and does what it did, but for one function, so that a test can see whether
/// the fault is noticed.
/// @dev The contract's own code is kept elsewhere and runs here by delegation, on its own storage.
contract PlantedFault {
    enum Fault {
        LosesAUnit,
        DoesNothing,
        SaysOneMore
    }

    address private constant _THIEF = address(0x7417F);

    address private immutable _CODE;
    IERC20 private immutable _TOKEN;
    bytes4 private immutable _SELECTOR;
    Fault private immutable _FAULT;

    constructor(address code, IERC20 token, bytes4 selector, Fault fault) {
        (_CODE, _TOKEN, _SELECTOR, _FAULT) = (code, token, selector, fault);
    }

    fallback() external {
        bool faulty = msg.sig == _SELECTOR;
        if (faulty && _FAULT == Fault.DoesNothing) _return(abi.encode(0, 0));

        (bool ok, bytes memory data) = _CODE.delegatecall(msg.data);
        if (ok && faulty && _FAULT == Fault.LosesAUnit) _TOKEN.transfer(_THIEF, 1);
        if (ok && faulty && _FAULT == Fault.SaysOneMore) data = abi.encode(abi.decode(data, (uint256)) + 1);
        if (ok) _return(data);
        assembly ("memory-safe") {
            revert(add(data, 32), mload(data))
        }
    }

    function _return(bytes memory data) private pure {
        assembly ("memory-safe") {
            return(add(data, 32), mload(data))
        }
    }
}
