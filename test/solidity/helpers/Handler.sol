// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../../../contracts/interfaces/IFixedTermPool.sol";
import {IInsuranceFund} from "../../../contracts/interfaces/IInsuranceFund.sol";
import {IPool} from "../../../contracts/interfaces/IPool.sol";
import {EarlyWithdrawalPenalty} from "../../../contracts/libraries/EarlyWithdrawalPenalty.sol";
import {BlocklistToken} from "../../../contracts/mocks/tokens/BlocklistToken.sol";
import {PlainToken} from "../../../contracts/mocks/tokens/PlainToken.sol";
import {Artifact} from "./Artifact.sol";
import {vm} from "./Vm.sol";

/// @notice What all handlers have in common: actors, tokens, time, and counts of the cases that make a run worth its name.
abstract contract Handler {
    uint256 internal constant ACTORS = 6;
    /// @dev May pause and cancel rounds, and nothing else.
    address internal constant GUARDIAN = address(0x6A4D);
    /// @dev Has no role.
    address internal constant ATTACKER = address(0xBAD);

    PlainToken public immutable STAKING;
    PlainToken public immutable REWARDS;
    bool public immutable SAME_TOKEN;
    /// @dev The test that deployed the handler; every other caller is the runner.
    address internal immutable TEST = msg.sender;

    error TooSeldom(string name, uint256 count, uint256 minimum);

    /// @notice How often an interesting case occurred.
    mapping(bytes32 name => uint256) public cases;

    constructor(bool sameToken) {
        STAKING = _token();
        REWARDS = sameToken ? STAKING : _token();
        SAME_TOKEN = sameToken;
    }

    uint256 private _nonce;

    /// @notice What the runner may call.
    function selectors() external pure virtual returns (bytes4[] memory);

    /// @notice The authority of what handlers deploy: governance is the handler itself, at once; the guardian pauses and
    /// cancels rounds, which is for nobody else.
    function canCall(address caller, address, bytes4 selector) external view returns (bool, uint32) {
        if (selector == IInsuranceFund.cancelRound.selector) return (caller == GUARDIAN, 0);
        bool pauses = selector == IPool.pause.selector || selector == IFixedTermPool.pauseTerm.selector;
        return (caller == address(this) || (caller == GUARDIAN && pauses), 0);
    }

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

    /// @dev A term without caps to speak of.
    function term(
        uint32 duration,
        uint64 rate,
        uint16 startBps,
        uint16 endBps,
        uint16 forfeitedBps
    ) internal pure returns (IFixedTermPool.Term memory) {
        return
            IFixedTermPool.Term({
                duration: duration,
                rate: rate,
                minimum: 10,
                principalCap: type(uint96).max,
                rewardCap: type(uint96).max,
                penalty: EarlyWithdrawalPenalty.Schedule(startBps, endBps, forfeitedBps)
            });
    }

    function between(uint256 seed, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (seed % (high - low + 1));
    }

    /// @dev Blocks an account while a handler wants to see what becomes of a payment that is refused.
    function setBlocked(PlainToken token, address account, bool blocked) internal {
        BlocklistToken(address(token)).setBlocked(account, blocked);
    }

    function _token() private returns (PlainToken) {
        return PlainToken(Artifact.deploy("contracts/mocks/tokens/BlocklistToken.sol:BlocklistToken", ""));
    }
}
