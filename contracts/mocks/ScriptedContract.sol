// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ScriptedContract
/// @notice Answers each function as it was told to, so that it can stand for a hostile token or pool.
/// @dev A function without a script reverts without a reason, and so does everything that is sent ether.
contract ScriptedContract {
    enum Behaviour {
        Revert,
        Return,
        BurnGas
    }

    /// @param data What is returned or reverted with, at the front.
    /// @param size Bytes of it in all; what `data` does not fill is zero.
    struct Script {
        Behaviour behaviour;
        uint256 size;
        bytes data;
    }

    mapping(bytes4 selector => Script) private _scripts;

    /// @notice From now on a call with `selector` is answered so.
    function answer(bytes4 selector, Script calldata script) external {
        _scripts[selector] = script;
    }

    fallback() external {
        Script storage script = _scripts[msg.sig];
        Behaviour behaviour = script.behaviour;
        uint256 size = script.size;
        bytes memory data = script.data;
        if (behaviour == Behaviour.BurnGas) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        bool returns_ = behaviour == Behaviour.Return;
        assembly ("memory-safe") {
            let start := mload(0x40)
            mcopy(start, add(data, 32), mload(data)) // fresh memory beyond it is zero
            if returns_ {
                return(start, size)
            }
            revert(start, size)
        }
    }
}
