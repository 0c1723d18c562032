// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {NaiveStakingRewards} from "./NaiveStakingRewards.sol";

/// @notice Fault: the total staked is the balance, so that a donation dilutes everyone.
contract BalanceAsSupplyPool is NaiveStakingRewards {
    constructor(
        IERC20 staking_,
        IERC20 rewards_,
        uint256 duration_
    ) NaiveStakingRewards(staking_, rewards_, duration_) {}

    function totalSupply() public view override returns (uint256) {
        return stakingToken.balanceOf(address(this));
    }
}

/// @notice Fault: what a person earned is rounded in their favour.
contract RoundingUpPool is NaiveStakingRewards {
    constructor(
        IERC20 staking_,
        IERC20 rewards_,
        uint256 duration_
    ) NaiveStakingRewards(staking_, rewards_, duration_) {}

    function earned(address account) public view override returns (uint256) {
        return super.earned(account) + 1;
    }
}

/// @notice Fault: every deposit, by whomever, starts the account's waiting time anew.
contract CooldownPool is NaiveStakingRewards {
    mapping(address account => uint256) private _lastDeposit;

    constructor(
        IERC20 staking_,
        IERC20 rewards_,
        uint256 duration_
    ) NaiveStakingRewards(staking_, rewards_, duration_) {}

    function withdraw(uint256 amount) public override {
        require(block.timestamp >= _lastDeposit[msg.sender] + 1 days, "Cooling down");
        super.withdraw(amount);
    }

    function _stake(address account, uint256 amount) internal override {
        _lastDeposit[account] = block.timestamp;
        super._stake(account, amount);
    }
}

/// @notice Fault: leaving walks through everybody who ever joined.
contract StakerListPool is NaiveStakingRewards {
    address[] private _joined;

    constructor(
        IERC20 staking_,
        IERC20 rewards_,
        uint256 duration_
    ) NaiveStakingRewards(staking_, rewards_, duration_) {}

    function withdraw(uint256 amount) public override {
        super.withdraw(amount);
        for (uint256 i; i < _joined.length; ++i) if (_joined[i] == msg.sender) delete _joined[i];
    }

    function _stake(address account, uint256 amount) internal override {
        _joined.push(account);
        super._stake(account, amount);
    }
}

/// @notice Fault: a reward is shared at once among those who are staked at that moment.
contract InstantRewardPool is NaiveStakingRewards {
    constructor(
        IERC20 staking_,
        IERC20 rewards_,
        uint256 duration_
    ) NaiveStakingRewards(staking_, rewards_, duration_) {}

    function notifyRewardAmount(uint256 reward) external override {
        rewardPerTokenStored += uint128((reward * 1e18) / totalSupply());
    }
}

/// @notice Fault: two pools keep their tokens in one place; it pays whatever either of them asks for.
/// @dev Deployed as the staking and rewards token of both pools: a token whose `balanceOf` a pool is that of all
/// pools.
contract SharedCustody {
    using SafeERC20 for IERC20;

    IERC20 private immutable _TOKEN;

    constructor(IERC20 token_) {
        _TOKEN = token_;
    }

    function transferFrom(address from, address, uint256 amount) external returns (bool) {
        _TOKEN.safeTransferFrom(from, address(this), amount);
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _TOKEN.safeTransfer(to, amount);
        return true;
    }

    function balanceOf(address) external view returns (uint256) {
        return _TOKEN.balanceOf(address(this));
    }
}
