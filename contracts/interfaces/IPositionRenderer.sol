// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IPositionRenderer
/// @notice Draws a fixed-term position as an ERC-721 metadata URI; stateless, so that one serves every pool.
interface IPositionRenderer {
    /// @notice What a card shows.
    /// @param pool The pool that holds the position.
    /// @param positionId The position's ERC-721 id.
    /// @param stakingToken Token of the principal and of the principal penalty.
    /// @param rewardsToken Token of the reward and of the forfeited reward.
    /// @param principal Base units of the staking token.
    /// @param reward Base units of the rewards token, paid at maturity.
    /// @param rate Yearly rate; 1e18 is 100 %.
    /// @param openedAt Unix time of opening, in seconds.
    /// @param maturity Unix time of maturity, in seconds; after `openedAt`.
    /// @param principalPenalty Base units of the staking token that leaving now would cost; 0 from maturity on.
    /// @param forfeitedReward Base units of the rewards token, accrued so far, that leaving now would cost.
    struct Card {
        address pool;
        uint256 positionId;
        address stakingToken;
        address rewardsToken;
        uint256 principal;
        uint256 reward;
        uint256 rate;
        uint256 openedAt;
        uint256 maturity;
        uint256 principalPenalty;
        uint256 forfeitedReward;
    }

    /// @notice Returns a `data:application/json;base64,` URI whose image is an SVG of the card at the block's time.
    function tokenURI(Card calldata card) external view returns (string memory);
}
