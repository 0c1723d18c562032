// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IInsuranceFund} from "./interfaces/IInsuranceFund.sol";
import {TokenTransfer} from "./libraries/TokenTransfer.sol";

/// @title InsuranceFund
/// @notice Holds what penalties and fees put aside and pays it out in published rounds of compensation.
/// @dev Whatever it holds, of any token, is for compensation: there is no other way out, for governance either, and so
/// nothing to rescue. A round pays at most its total, so that a wrong root can touch no other round.
contract InsuranceFund is IInsuranceFund, AccessManaged, ReentrancyGuardTransient {
    using BitMaps for BitMaps.BitMap;
    using TokenTransfer for IERC20;

    uint256 private constant _MINIMUM_DELAY = 2 days;
    uint256 private constant _MAXIMUM_DELAY = 90 days;
    uint256 private constant _MINIMUM_WINDOW = 30 days;
    uint256 private constant _MAXIMUM_WINDOW = 1461 days;

    uint256 private immutable _MINIMUM_CLAIM_DELAY;

    Round[] private _rounds;
    mapping(uint256 round => BitMaps.BitMap) private _claimed;

    /// @inheritdoc IInsuranceFund
    mapping(address token => uint256) public reserved;

    /// @param minimumClaimDelay_ Shortest delay of a round in seconds, 2 to 90 days; longer than the admin's, so that
    /// whoever publishes to himself can be replaced before claims open.
    constructor(address authority_, uint256 minimumClaimDelay_) AccessManaged(authority_) {
        _requireWithin(minimumClaimDelay_, _MINIMUM_DELAY, _MAXIMUM_DELAY);
        _MINIMUM_CLAIM_DELAY = minimumClaimDelay_;
    }

    /* ANYONE */

    /// @inheritdoc IInsuranceFund
    function claim(
        uint256 round,
        uint256 index,
        address account,
        uint256 amount,
        bytes32[] calldata proof
    ) external nonReentrant {
        Round storage round_ = _openRound(round);
        require(block.timestamp >= round_.opensAt, InsuranceNotOpen(round, round_.opensAt));
        require(block.timestamp < round_.expiresAt, InsuranceExpired(round, round_.expiresAt));
        require(!_claimed[round].get(index), InsuranceAlreadyClaimed(round, index));
        require(
            MerkleProof.verifyCalldata(proof, round_.root, leaf(round, index, account, amount)),
            InsuranceInvalidProof(round, index, account, amount)
        );
        uint256 left = round_.total - round_.claimed;
        require(amount <= left, InsuranceRoundExhausted(round, amount, left));

        _claimed[round].set(index);
        round_.claimed += uint128(amount); // ≤ total < 2^128
        reserved[round_.token] -= amount;
        emit Claimed(round, index, account, amount);

        IERC20(round_.token).push(account, amount);
    }

    /// @inheritdoc IInsuranceFund
    function closeRound(uint256 round) external returns (uint256 returned) {
        Round storage round_ = _openRound(round);
        require(block.timestamp >= round_.expiresAt, InsuranceNotExpired(round, round_.expiresAt));
        returned = _release(round_);
        emit RoundClosed(round, returned);
    }

    /* GUARDIAN */

    /// @inheritdoc IInsuranceFund
    function cancelRound(uint256 round) external restricted {
        Round storage round_ = _openRound(round);
        require(block.timestamp < round_.opensAt, InsuranceAlreadyOpen(round, round_.opensAt));
        _release(round_);
        emit RoundCancelled(round);
    }

    /* GOVERNANCE */

    /// @inheritdoc IInsuranceFund
    function publishRound(
        uint256 round,
        address token,
        bytes32 root,
        uint256 total,
        uint256 claimDelay,
        uint256 claimWindow
    ) external restricted nonReentrant {
        require(round == _rounds.length, InsuranceUnexpectedRound(round, _rounds.length));
        TokenTransfer.requireCode(token);
        _requireWithin(claimDelay, _MINIMUM_CLAIM_DELAY, _MAXIMUM_DELAY);
        _requireWithin(claimWindow, _MINIMUM_WINDOW, _MAXIMUM_WINDOW);
        require(total != 0 && total <= type(uint128).max, InsuranceTotalOutOfRange(total, type(uint128).max));
        uint256 free = available(token);
        if (total > free) revert InsuranceNotCovered(total, free, total - free);

        uint256 opensAt = block.timestamp + claimDelay;
        uint256 expiresAt = opensAt + claimWindow;
        reserved[token] += total;
        _rounds.push(
            Round({
                token: token,
                root: root,
                total: uint128(total), // checked above
                claimed: 0,
                opensAt: uint40(opensAt), // for 34,000 years
                expiresAt: uint40(expiresAt),
                closed: false
            })
        );
        emit RoundPublished(round, token, root, total, opensAt, expiresAt);
    }

    /* VIEWS */

    /// @inheritdoc IInsuranceFund
    function minimumClaimDelay() external view returns (uint256) {
        return _MINIMUM_CLAIM_DELAY;
    }

    /// @inheritdoc IInsuranceFund
    function rounds(uint256 round) external view returns (Round memory) {
        return _known(round);
    }

    /// @inheritdoc IInsuranceFund
    function roundCount() external view returns (uint256) {
        return _rounds.length;
    }

    /// @inheritdoc IInsuranceFund
    function isClaimed(uint256 round, uint256 index) external view returns (bool) {
        return _claimed[round].get(index);
    }

    /// @inheritdoc IInsuranceFund
    function available(address token) public view returns (uint256) {
        return Math.saturatingSub(IERC20(token).holding(address(this)), reserved[token]);
    }

    /// @inheritdoc IInsuranceFund
    function leaf(uint256 round, uint256 index, address account, uint256 amount) public view returns (bytes32) {
        bytes memory claim_ = abi.encode(
            block.chainid,
            address(this),
            round,
            index,
            account,
            _known(round).token,
            amount
        );
        return keccak256(bytes.concat(keccak256(claim_)));
    }

    /* INTERNAL */

    /// @dev Closes a round and makes what it did not pay available again.
    function _release(Round storage round_) private returns (uint256 returned) {
        returned = round_.total - round_.claimed;
        round_.closed = true;
        reserved[round_.token] -= returned;
    }

    function _openRound(uint256 round) private view returns (Round storage round_) {
        round_ = _known(round);
        require(!round_.closed, InsuranceRoundClosed(round));
    }

    function _known(uint256 round) private view returns (Round storage) {
        if (round >= _rounds.length) revert InsuranceRoundUnknown(round, _rounds.length);
        return _rounds[round];
    }

    function _requireWithin(uint256 time, uint256 minimum, uint256 maximum) private pure {
        require(time >= minimum && time <= maximum, InsuranceTimeOutOfRange(time, minimum, maximum));
    }
}
