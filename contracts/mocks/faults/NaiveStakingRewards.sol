// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title NaiveStakingRewards
/// @notice A reward stream with the faults that are widespread in the field, for tests that must catch them.
/// @dev Anyone notifies, and dust dilutes the rate; the rate is floored; time with nobody staked is lost; principal
/// and unclaimed rewards count as funds; the accumulator is scaled by 1e18 only and kept in 128 bits; deposits are
/// credited as asked; a used permit is fatal; tokens move before the state does, without a lock; leaving needs the
/// reward
/// transfer; a rescue takes anything.
contract NaiveStakingRewards {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    IERC20 public immutable stakingToken;
    IERC20 public immutable rewardsToken;
    uint256 public immutable rewardsDuration;

    uint256 public rewardRate;
    uint256 public periodFinish;
    uint256 public lastUpdateTime;
    uint128 public rewardPerTokenStored;
    uint256 public staked;
    mapping(address account => uint256) public balanceOf;
    mapping(address account => uint256) public rewardPerTokenPaid;
    mapping(address account => uint256) public rewards;

    constructor(IERC20 stakingToken_, IERC20 rewardsToken_, uint256 rewardsDuration_) {
        stakingToken = stakingToken_;
        rewardsToken = rewardsToken_;
        rewardsDuration = rewardsDuration_;
    }

    function stake(uint256 amount) external {
        _stake(msg.sender, amount);
    }

    function stakeFor(address account, uint256 amount) external {
        _stake(account, amount);
    }

    function stakeWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        IERC20Permit(address(stakingToken)).permit(msg.sender, address(this), amount, deadline, v, r, s);
        _stake(msg.sender, amount);
    }

    function withdraw(uint256 amount) public virtual {
        _update(msg.sender);
        uint256 left = balanceOf[msg.sender] - amount;
        stakingToken.safeTransfer(msg.sender, amount);
        balanceOf[msg.sender] = left;
        staked -= amount;
    }

    function getReward() external {
        getRewardFor(msg.sender);
    }

    function getRewardFor(address account) public {
        _claim(account, account);
    }

    function getRewardTo(address receiver) external {
        _claim(msg.sender, receiver);
    }

    function exit() external {
        withdraw(balanceOf[msg.sender]);
        getRewardFor(msg.sender);
    }

    function notifyRewardAmount(uint256 reward) external virtual {
        _update(address(0));
        uint256 left = block.timestamp < periodFinish ? (periodFinish - block.timestamp) * rewardRate : 0;
        rewardRate = (left + reward) / rewardsDuration;
        require(rewardRate <= rewardsToken.balanceOf(address(this)) / rewardsDuration, "Provided reward too high");
        lastUpdateTime = block.timestamp;
        periodFinish = block.timestamp + rewardsDuration;
    }

    function rescue(address token, address to, uint256 amount) external {
        IERC20(token).safeTransfer(to, amount);
    }

    function totalSupply() public view virtual returns (uint256) {
        return staked;
    }

    function lastTimeRewardApplicable() public view returns (uint256) {
        return block.timestamp < periodFinish ? block.timestamp : periodFinish;
    }

    function rewardPerToken() public view returns (uint256) {
        uint256 supply = totalSupply();
        if (supply == 0) return rewardPerTokenStored;
        return rewardPerTokenStored + ((lastTimeRewardApplicable() - lastUpdateTime) * rewardRate * 1e18) / supply;
    }

    function earned(address account) public view virtual returns (uint256) {
        return rewards[account] + (balanceOf[account] * (rewardPerToken() - rewardPerTokenPaid[account])) / 1e18;
    }

    function getRewardForDuration() external view returns (uint256) {
        return rewardRate * rewardsDuration;
    }

    function _stake(address account, uint256 amount) internal virtual {
        _update(account);
        stakingToken.safeTransferFrom(msg.sender, address(this), amount);
        balanceOf[account] += amount;
        staked += amount;
    }

    function _claim(address account, address receiver) internal {
        _update(account);
        rewardsToken.safeTransfer(receiver, rewards[account]);
        rewards[account] = 0;
    }

    function _update(address account) internal {
        rewardPerTokenStored = rewardPerToken().toUint128();
        lastUpdateTime = lastTimeRewardApplicable();
        if (account == address(0)) return;
        rewards[account] = earned(account);
        rewardPerTokenPaid[account] = rewardPerTokenStored;
    }
}
