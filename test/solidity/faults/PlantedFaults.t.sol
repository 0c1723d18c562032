// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFixedTermPool} from "../../../contracts/interfaces/IFixedTermPool.sol";
import {IFlexiblePool} from "../../../contracts/interfaces/IFlexiblePool.sol";
import {IInsuranceFund} from "../../../contracts/interfaces/IInsuranceFund.sol";
import {IPool} from "../../../contracts/interfaces/IPool.sol";
import {IRewardDistributor} from "../../../contracts/interfaces/IRewardDistributor.sol";
import {IStakingRewards} from "../../../contracts/interfaces/IStakingRewards.sol";
import {PlantedFault} from "../../../contracts/mocks/faults/PlantedFault.sol";
import {Artifact} from "../helpers/Artifact.sol";
import {Handler} from "../helpers/Handler.sol";
import {vm} from "../helpers/Vm.sol";

/// @dev A contract of `test/solidity/invariants/`.
interface ICampaign {
    function setUp() external;

    function targetContracts() external view returns (address[] memory);
}

/// @notice That each campaign of invariants fails where its contract has a fault, and does not where it has none: the fault is
/// planted in the deployed contract, and then the same random calls are made of the same handler.
contract PlantedFaultsTest {
    uint256 private constant _CALLS = 600;

    error FaultUnnoticed(bytes4 selector, PlantedFault.Fault fault);
    error FalseAlarm(uint256 call, bytes reason);

    /// @dev `contractOf` is the handler's getter of the contract under test.
    struct Drill {
        string campaign;
        bytes4 invariant;
        bytes4 contractOf;
    }

    function test_FlexiblePool() external {
        Drill memory drill = Drill(
            "test/solidity/invariants/FlexiblePool.t.sol:FlexiblePoolOneTokenInvariants",
            bytes4(keccak256("invariant_FlexiblePool()")),
            bytes4(keccak256("POOL()"))
        );
        _requireQuiet(drill);
        _requireNoticed(drill, IStakingRewards.withdraw.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFlexiblePool.stakeFor.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IStakingRewards.notifyRewardAmount.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IStakingRewards.stake.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IStakingRewards.exit.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFlexiblePool.getRewardFor.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IPool.pause.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IStakingRewards.earned.selector, PlantedFault.Fault.SaysOneMore);
        _requireNoticed(drill, IStakingRewards.totalSupply.selector, PlantedFault.Fault.SaysOneMore);
        _requireNoticed(drill, IFlexiblePool.rewardsOwed.selector, PlantedFault.Fault.SaysOneMore);
    }

    function test_FixedTermPool() external {
        Drill memory drill = Drill(
            "test/solidity/invariants/FixedTermPool.t.sol:FixedTermPoolOneTokenInvariants",
            bytes4(keccak256("invariant_FixedTermPool()")),
            bytes4(keccak256("POOL()"))
        );
        _requireQuiet(drill);
        _requireNoticed(drill, IFixedTermPool.open.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFixedTermPool.withdraw.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFixedTermPool.withdrawEarly.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFixedTermPool.sweepPenalties.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFixedTermPool.withdraw.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.withdrawEarly.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.renew.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFixedTermPool.renew.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.closeTerm.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.setAutoRenew.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.setRecipients.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.withdrawBudget.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IPool.pause.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IFixedTermPool.availableBudget.selector, PlantedFault.Fault.SaysOneMore);
        _requireNoticed(drill, IFixedTermPool.reservedRewards.selector, PlantedFault.Fault.SaysOneMore);
        _requireNoticed(drill, IFixedTermPool.totalPrincipal.selector, PlantedFault.Fault.SaysOneMore);
    }

    function test_RewardDistributor() external {
        Drill memory drill = Drill(
            "test/solidity/invariants/RewardDistributor.t.sol:RewardDistributorInvariants",
            bytes4(keccak256("invariant_RewardDistributor()")),
            bytes4(keccak256("DISTRIBUTOR()"))
        );
        _requireQuiet(drill);
        _requireNoticed(drill, IRewardDistributor.fund.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IRewardDistributor.setWeights.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IRewardDistributor.distribute.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IRewardDistributor.sweepFees.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IRewardDistributor.setRecipients.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IRewardDistributor.endSchedule.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IRewardDistributor.pending.selector, PlantedFault.Fault.SaysOneMore);
        _requireNoticed(drill, IRewardDistributor.liabilities.selector, PlantedFault.Fault.SaysOneMore);
    }

    function test_InsuranceFund() external {
        Drill memory drill = Drill(
            "test/solidity/invariants/InsuranceFund.t.sol:InsuranceFundInvariants",
            bytes4(keccak256("invariant_InsuranceFund()")),
            bytes4(keccak256("FUND()"))
        );
        _requireQuiet(drill);
        _requireNoticed(drill, IInsuranceFund.publishRound.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IInsuranceFund.claim.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IInsuranceFund.closeRound.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IInsuranceFund.cancelRound.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IInsuranceFund.reserved.selector, PlantedFault.Fault.SaysOneMore);
        _requireNoticed(drill, IInsuranceFund.available.selector, PlantedFault.Fault.SaysOneMore);
    }

    function test_Protocol() external {
        Drill memory drill = Drill(
            "test/solidity/invariants/Protocol.t.sol:ProtocolInvariants",
            bytes4(keccak256("invariant_Protocol()")),
            bytes4(keccak256("DISTRIBUTOR()"))
        );
        _requireQuiet(drill);
        _requireNoticed(drill, IRewardDistributor.sweepFees.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IRewardDistributor.distribute.selector, PlantedFault.Fault.DoesNothing);
        drill.contractOf = bytes4(keccak256("FLEXIBLE()"));
        _requireNoticed(drill, IStakingRewards.notifyRewardAmount.selector, PlantedFault.Fault.DoesNothing);
        _requireNoticed(drill, IStakingRewards.exit.selector, PlantedFault.Fault.LosesAUnit);
        drill.contractOf = bytes4(keccak256("ONE_TOKEN()"));
        _requireNoticed(drill, IFixedTermPool.withdrawEarly.selector, PlantedFault.Fault.LosesAUnit);
        drill.contractOf = bytes4(keccak256("TWO_TOKENS()"));
        _requireNoticed(drill, IFixedTermPool.sweepPenalties.selector, PlantedFault.Fault.LosesAUnit);
        _requireNoticed(drill, IFixedTermPool.renew.selector, PlantedFault.Fault.DoesNothing);
        drill.contractOf = bytes4(keccak256("FUND()"));
        _requireNoticed(drill, IInsuranceFund.claim.selector, PlantedFault.Fault.DoesNothing);
    }

    function _requireQuiet(Drill memory drill) private {
        (ICampaign campaign, Handler handler) = _begin(drill);
        (uint256 made, bytes memory reason) = _play(drill, campaign, handler);
        require(made == _CALLS, FalseAlarm(made, reason));
    }

    function _requireNoticed(Drill memory drill, bytes4 selector, PlantedFault.Fault fault) private {
        (ICampaign campaign, Handler handler) = _begin(drill);
        (, bytes memory target) = address(handler).staticcall(abi.encodeWithSelector(drill.contractOf));
        _plant(abi.decode(target, (address)), handler, selector, fault);
        (uint256 made, ) = _play(drill, campaign, handler);
        require(made < _CALLS, FaultUnnoticed(selector, fault));
    }

    function _begin(Drill memory drill) private returns (ICampaign campaign, Handler handler) {
        campaign = ICampaign(Artifact.deploy(drill.campaign, ""));
        campaign.setUp();
        handler = Handler(campaign.targetContracts()[0]);
    }

    /// @dev The contract's own code moves elsewhere; its storage stays.
    function _plant(address target, Handler handler, bytes4 selector, PlantedFault.Fault fault) private {
        address code = address(uint160(uint256(keccak256(abi.encode(target)))));
        vm.etch(code, target.code);
        address planted = Artifact.deploy(
            "contracts/mocks/faults/PlantedFault.sol:PlantedFault",
            abi.encode(code, handler.STAKING(), selector, fault)
        );
        vm.etch(target, planted.code);
    }

    /// @dev Makes random calls until one fails, or an invariant does after it; returns how many went well.
    function _play(
        Drill memory drill,
        ICampaign campaign,
        Handler handler
    ) private returns (uint256 made, bytes memory reason) {
        bytes4[] memory selectors = handler.selectors();
        bool ok;
        for (; made < _CALLS; ++made) {
            uint256 random = uint256(keccak256(abi.encode(made)));
            bytes4 selector = selectors[random % selectors.length];
            (ok, reason) = address(handler).call(abi.encodeWithSelector(selector, random, random >> 32, random >> 64));
            if (!ok) break;
            (ok, reason) = address(campaign).staticcall(abi.encodeWithSelector(drill.invariant));
            if (!ok) break;
        }
    }
}
