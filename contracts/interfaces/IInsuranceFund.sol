// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IInsuranceFund
/// @notice Holds what penalties and fees put aside and pays it out in published rounds of compensation.
interface IInsuranceFund {
    /// @notice A round of compensation.
    /// @param token Token that it pays.
    /// @param root Merkle root over its claims.
    /// @param total Base units reserved for it.
    /// @param claimed Base units paid so far.
    /// @param opensAt Unix time from which claims are paid, in seconds; until then it can be cancelled.
    /// @param expiresAt Unix time from which no claim is paid any more, in seconds.
    /// @param closed Whether it was cancelled, or closed after its expiry.
    struct Round {
        address token;
        bytes32 root;
        uint128 total;
        uint128 claimed;
        uint40 opensAt;
        uint40 expiresAt;
        bool closed;
    }

    /// @notice A round was published and its total reserved.
    event RoundPublished(
        uint256 indexed round,
        address indexed token,
        bytes32 root,
        uint256 total,
        uint256 opensAt,
        uint256 expiresAt
    );

    /// @notice A round was cancelled before its claims opened.
    event RoundCancelled(uint256 indexed round);

    /// @notice `amount` base units were paid to `account`.
    event Claimed(uint256 indexed round, uint256 indexed index, address indexed account, uint256 amount);

    /// @notice A round expired; `returned` base units are available again.
    event RoundClosed(uint256 indexed round, uint256 returned);

    /// @notice The next round is `next`; claims are bound to their round's number.
    error InsuranceUnexpectedRound(uint256 expected, uint256 next);

    /// @notice There are `roundCount` rounds; this one is not among them.
    error InsuranceRoundUnknown(uint256 round, uint256 roundCount);

    /// @notice The round was cancelled or closed.
    error InsuranceRoundClosed(uint256 round);

    /// @notice A delay or a window, in seconds, outside [`minimum`, `maximum`].
    error InsuranceTimeOutOfRange(uint256 time, uint256 minimum, uint256 maximum);

    /// @notice The total is zero or above the limit.
    error InsuranceTotalOutOfRange(uint256 total, uint256 limit);

    /// @notice Only `available` base units are not reserved; `missing` are missing.
    error InsuranceNotCovered(uint256 total, uint256 available, uint256 missing);

    /// @notice Claims open at `opensAt`.
    error InsuranceNotOpen(uint256 round, uint256 opensAt);

    /// @notice Claims have been open since `opensAt`; the round can no longer be cancelled.
    error InsuranceAlreadyOpen(uint256 round, uint256 opensAt);

    /// @notice Claims ended at `expiresAt`.
    error InsuranceExpired(uint256 round, uint256 expiresAt);

    /// @notice The round runs until `expiresAt`.
    error InsuranceNotExpired(uint256 round, uint256 expiresAt);

    /// @notice The claim was paid already.
    error InsuranceAlreadyClaimed(uint256 round, uint256 index);

    /// @notice The proof does not lead to the round's root.
    error InsuranceInvalidProof(uint256 round, uint256 index, address account, uint256 amount);

    /// @notice Only `left` base units are left of the round's total.
    error InsuranceRoundExhausted(uint256 round, uint256 amount, uint256 left);

    /* ANYONE */

    /// @notice Pays a claim to its account, whoever calls.
    /// @dev Errors, in this order: `InsuranceRoundUnknown`, `InsuranceRoundClosed`, `InsuranceNotOpen`,
    /// `InsuranceExpired`, `InsuranceAlreadyClaimed`, `InsuranceInvalidProof`, `InsuranceRoundExhausted`.
    /// @param index The claim's number, once in a round; it is paid once.
    /// @param amount Base units, exactly those of the leaf.
    /// @param proof Siblings from the leaf to the root.
    function claim(uint256 round, uint256 index, address account, uint256 amount, bytes32[] calldata proof) external;

    /// @notice Makes what an expired round did not pay available again.
    /// @dev Errors: `InsuranceRoundUnknown`, `InsuranceRoundClosed`, `InsuranceNotExpired`.
    function closeRound(uint256 round) external returns (uint256 returned);

    /* GUARDIAN */

    /// @notice Cancels a round whose claims are not open yet; its total is available again. For the guardian, at once.
    /// @dev Errors: `InsuranceRoundUnknown`, `InsuranceRoundClosed`, `InsuranceAlreadyOpen`.
    function cancelRound(uint256 round) external;

    /* GOVERNANCE */

    /// @notice Publishes a round and reserves its total; for governance, after its delay.
    /// @dev Errors, in this order: `InsuranceUnexpectedRound`, `TokenWithoutCode`, `InsuranceTimeOutOfRange`,
    /// `InsuranceTotalOutOfRange`, `InsuranceNotCovered`.
    /// @param round Number that the round must get, since its claims name it.
    /// @param claimDelay Seconds until claims open: `minimumClaimDelay` to 90 days.
    /// @param claimWindow Seconds during which claims are paid: 30 days to four years.
    function publishRound(
        uint256 round,
        address token,
        bytes32 root,
        uint256 total,
        uint256 claimDelay,
        uint256 claimWindow
    ) external;

    /* VIEWS */

    /// @notice Shortest time between the publication of a round and its claims, in seconds; longer than the admin's
    /// delay.
    function minimumClaimDelay() external view returns (uint256);

    /// @notice A round as it stands.
    function rounds(uint256 round) external view returns (Round memory);

    /// @notice Number of rounds; numbers are below it.
    function roundCount() external view returns (uint256);

    /// @notice Whether a claim was paid.
    function isClaimed(uint256 round, uint256 index) external view returns (bool);

    /// @notice Base units of `token` reserved for open rounds.
    function reserved(address token) external view returns (uint256);

    /// @notice Base units of `token` held and not reserved.
    function available(address token) external view returns (uint256);

    /// @notice Leaf of a claim: the double hash of (chain id, fund, round, index, account, token, amount), as
    /// OpenZeppelin's standard Merkle tree hashes it.
    function leaf(uint256 round, uint256 index, address account, uint256 amount) external view returns (bytes32);
}
