// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IPool} from "../interfaces/IPool.sol";
import {IPoolTokens} from "../interfaces/IPoolTokens.sol";
import {TokenTransfer} from "../libraries/TokenTransfer.sol";

/// @title Pool
/// @notice Tokens, pause and rescue: what flexible and fixed-term pools have in common.
/// @dev Only functions that let somebody in, or that move what is owed to nobody, ask the authority. Exits, claims,
/// transfers of positions and views never do.
abstract contract Pool is IPool, AccessManaged, ReentrancyGuardTransient {
    using TokenTransfer for IERC20;

    /// @notice Most base units of staking token in a flexible pool, and in one term of a fixed-term pool.
    uint256 internal constant AMOUNT_LIMIT = type(uint96).max;

    /// @notice Longest duration of a period or a term: four years, in seconds.
    uint256 internal constant MAXIMUM_DURATION = 1461 days;

    IERC20 internal immutable STAKING_TOKEN;
    IERC20 internal immutable REWARDS_TOKEN;

    constructor(address authority_, address stakingToken_, address rewardsToken_) AccessManaged(authority_) {
        TokenTransfer.requireCode(stakingToken_);
        TokenTransfer.requireCode(rewardsToken_);
        STAKING_TOKEN = IERC20(stakingToken_);
        REWARDS_TOKEN = IERC20(rewardsToken_);
    }

    /* GUARDIAN */

    /// @inheritdoc IPool
    function pause() external restricted {
        _setPaused(true);
        emit Paused(msg.sender);
    }

    /* GOVERNANCE */

    /// @inheritdoc IPool
    function unpause() external restricted {
        _setPaused(false);
        emit Unpaused(msg.sender);
    }

    /// @inheritdoc IPool
    function rescue(address token, address to, uint256 amount) external restricted nonReentrant {
        _requireReceiver(to);
        uint256 surplus = _surplus(token);
        require(amount <= surplus, PoolRescueExceedsSurplus(token, amount, surplus));

        emit Rescued(token, to, amount);

        // A token may answer at two addresses: moved by the other one, the pool's own must not have moved with it.
        bool own = token == address(STAKING_TOKEN) || token == address(REWARDS_TOKEN);
        (uint256 staking, uint256 rewards) = own ? (0, 0) : _held();
        IERC20(token).push(to, amount);
        (uint256 stakingLeft, uint256 rewardsLeft) = _held();
        require(stakingLeft >= staking && rewardsLeft >= rewards, PoolRescueMovesOwnToken(token));
    }

    /* VIEWS */

    /// @inheritdoc IPoolTokens
    function stakingToken() external view returns (address) {
        return address(STAKING_TOKEN);
    }

    /// @inheritdoc IPoolTokens
    function rewardsToken() external view returns (address) {
        return address(REWARDS_TOKEN);
    }

    /// @inheritdoc IPool
    function liabilities(address token) public view virtual returns (uint256);

    /* INTERNAL */

    function _setPaused(bool paused_) internal virtual;

    /// @dev Base units of `token` held above everything that is owed or kept for a purpose; 0 if the token shrank
    /// below it.
    function _surplus(address token) internal view returns (uint256) {
        uint256 balance = IERC20(token).holding(address(this));
        uint256 owed = liabilities(token);
        return balance > owed ? balance - owed : 0;
    }

    function _held() private view returns (uint256 staking, uint256 rewards) {
        return (STAKING_TOKEN.holding(address(this)), REWARDS_TOKEN.holding(address(this)));
    }

    function _requireReceiver(address receiver) internal view {
        require(receiver != address(0) && receiver != address(this), PoolInvalidReceiver(receiver));
    }

    /// @dev Requires 1 ≤ minimum ≤ cap ≤ `AMOUNT_LIMIT`.
    function _requireLimits(uint256 minimum, uint256 cap_) internal pure {
        require(
            minimum != 0 && minimum <= cap_ && cap_ <= AMOUNT_LIMIT,
            PoolLimitsOutOfRange(minimum, cap_, AMOUNT_LIMIT)
        );
    }

    function _requireDuration(uint256 duration, uint256 minimum) internal pure {
        require(
            duration >= minimum && duration <= MAXIMUM_DURATION,
            PoolDurationOutOfRange(duration, minimum, MAXIMUM_DURATION)
        );
    }
}
