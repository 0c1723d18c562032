// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardDistributor} from "../../../contracts/interfaces/IRewardDistributor.sol";
import {Artifact} from "../helpers/Artifact.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {DistributorHandler} from "../helpers/DistributorHandler.sol";

/// @notice The invariants of the distributor (docs/INVARIANTS.md, INV-D): many schedules of one token.
contract RewardDistributorInvariants is Campaign {
    DistributorHandler internal handler;
    IRewardDistributor internal distributor;

    function setUp() external {
        handler = DistributorHandler(
            Artifact.deploy("test/solidity/helpers/DistributorHandler.sol:DistributorHandler", "")
        );
        distributor = handler.DISTRIBUTOR();
        runs(handler);
    }

    /// @dev INV-D1 to INV-D4, after every call.
    function invariant_RewardDistributor() external view {
        address token = address(handler.REWARDS());
        uint256 liabilities = distributor.liabilities(token);
        // INV-D1: the balance is the liabilities and what was given without funding, to the unit.
        assert(handler.REWARDS().balanceOf(address(distributor)) == liabilities + handler.donated());
        // INV-D2: what was funded is paid to pools, to recipients of fees, refunded, or owed.
        assert(handler.funded() == handler.distributed() + handler.feesPaid() + handler.refunded() + liabilities);
        // INV-D3: what the views promise to anybody is among the liabilities.
        assert(handler.accounted() <= liabilities);
        // INV-D4: a schedule accrues whole epochs, only those that started, and spends only its own funds.
        for (uint256 id = 0; id < distributor.scheduleCount(); ++id) _accruesWhatStarted(id);
    }

    function _accruesWhatStarted(uint256 id) private view {
        IRewardDistributor.ScheduleState memory state = distributor.schedule(id);
        uint256 spent = handler.fundedOf(id) - handler.refundedOf(id) - state.balance;
        assert(spent == state.accruedEpochs * state.terms.budget);
        assert(state.accruedEpochs <= state.terms.epochs);
        if (state.accruedEpochs == 0) return;
        assert(block.timestamp >= state.terms.start + (state.accruedEpochs - 1) * state.terms.epoch);
    }

    /// @dev INV-D5 (nobody else's claim falls) is asserted by the handler around every operation, INV-D6 (a pool that
    /// refuses keeps its claim) at the operation, INV-D7 (everything is paid) here at the end of every run.
    function afterInvariant() external {
        handler.requireCase("created", 3);
        handler.requireCase("funded", 10);
        handler.requireCase("more than can be used", 1);
        handler.requireCase("distributed", 10);
        handler.requireCase("epochs missed", 5);
        handler.requireCase("pool refused", 2);
        handler.requireCase("weights changed", 5);
        handler.requireCase("fees swept", 2);
        handler.requireCase("fees refused", 1);
        handler.requireCase("fees of their time", 1);
        handler.requireCase("theft refused", 5);
        handler.requireCase("rescued a surplus", 5);
        handler.requireCase("ended", 1);
        handler.everythingIsPaid();
    }
}
