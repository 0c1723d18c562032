// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IFlexiblePool} from "../../interfaces/IFlexiblePool.sol";

/// @title NaiveRewardDistributor
/// @notice One schedule, paid as a first idea would have it. Its faults: all pools are paid in one call, so that one
/// that refuses holds the others up; the fee leaves within that call; weights act on epochs that are past; a rescue
/// may take the whole balance.
contract NaiveRewardDistributor {
    using SafeERC20 for IERC20;

    IERC20 private immutable _TOKEN;
    uint256 private immutable _EPOCH;
    uint256 private immutable _BUDGET;
    uint256 private immutable _START;
    uint256 private immutable _FEE_BPS;
    address private immutable _TREASURY;

    address[] private _pools;
    uint256[] private _weights;
    uint256 private _paidEpochs;

    constructor(
        IERC20 token,
        uint256 epoch,
        uint256 budget,
        uint256 start,
        uint256 feeBps,
        address treasury,
        address[] memory pools
    ) {
        (_TOKEN, _EPOCH, _BUDGET, _START, _FEE_BPS, _TREASURY) = (token, epoch, budget, start, feeBps, treasury);
        _pools = pools;
    }

    function setWeights(uint256[] calldata weights) external {
        _weights = weights;
    }

    function rescue(address to, uint256 amount) external {
        _TOKEN.safeTransfer(to, amount);
    }

    function distribute() external {
        uint256 epochs = (block.timestamp - _START) / _EPOCH + 1 - _paidEpochs;
        _paidEpochs += epochs;
        uint256 fee = (epochs * _BUDGET * _FEE_BPS) / 10_000;
        uint256 total;
        for (uint256 i; i < _weights.length; ++i) total += _weights[i];
        for (uint256 i; i < _pools.length; ++i) {
            uint256 amount = ((epochs * _BUDGET - fee) * _weights[i]) / total;
            if (amount == 0) continue;
            _TOKEN.safeTransfer(_pools[i], amount);
            IFlexiblePool(_pools[i]).notifyRewardAmount(amount);
        }
        _TOKEN.safeTransfer(_TREASURY, fee);
    }
}
