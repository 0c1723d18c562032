// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "./Artifact.sol";
import {vm} from "./Vm.sol";

/// @notice What all handlers have in common: actors, tokens, time, and counts of the cases that make a run worth its name.
abstract contract Handler {
    uint256 internal constant ACTORS = 6;

    PlainToken public immutable STAKING;
    PlainToken public immutable REWARDS;
    bool public immutable SAME_TOKEN;
    /// @dev The test that deployed the handler; every other caller is the runner.
    address internal immutable TEST = msg.sender;

    error TooSeldom(string name, uint256 count, uint256 minimum);

    /// @notice How often an interesting case occurred.
    mapping(bytes32 name => uint256) public cases;

    constructor(bool sameToken) {
        STAKING = _token("Stake", "STK", 18);
        REWARDS = sameToken ? STAKING : _token("Reward", "RWD", 6);
        SAME_TOKEN = sameToken;
    }

    uint256 private _nonce;

    /// @dev The runner likes zeros and extremes; mixed, they become an even choice, and still replay by their seed.
    function mix(uint256 seed) internal returns (uint256) {
        return uint256(keccak256(abi.encode(seed, ++_nonce)));
    }

    function actor(uint256 index) public pure returns (address) {
        return address(uint160(0xA11CE000 + (index % ACTORS)));
    }

    /// @notice Lets time pass: mostly hours, sometimes months.
    function warp(uint256 seed) public virtual {
        seed = mix(seed);
        uint256 step = seed % 8 == 0 ? seed % 120 days : seed % 2 days;
        vm.warp(block.timestamp + step);
    }

    /// @notice Fails unless the case occurred at least `minimum` times: a run that never met it proves nothing of it.
    function requireCase(bytes32 name, uint256 minimum) external view {
        require(cases[name] >= minimum, TooSeldom(string(abi.encodePacked(name)), cases[name], minimum));
    }

    function count(bytes32 name) internal {
        ++cases[name];
    }

    function between(uint256 seed, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (seed % (high - low + 1));
    }

    function _token(string memory name, string memory symbol, uint8 decimals) private returns (PlainToken) {
        return
            PlainToken(
                Artifact.deploy("contracts/mocks/tokens/PlainToken.sol:PlainToken", abi.encode(name, symbol, decimals))
            );
    }
}
