import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Future, NamedArtifactContractAtFuture } from "@nomicfoundation/ignition-core";
import { id, ZeroAddress } from "ethers";

import { lookUp, startTime, type ProtocolConfig } from "../config/protocol-config.ts";
import accessModule from "./Access.ts";
import type { DevTokensModule } from "./DevTokens.ts";
import factoryModule from "./Factory.ts";
import insuranceFundModule from "./InsuranceFund.ts";
import rewardDistributorModule from "./RewardDistributor.ts";
import singletonsModule from "./Singletons.ts";

/**
 * The pools and schedules of a protocol config: created through the factory, listed and connected while the deployer governs.
 * All in one row, so that the factory's list and the schedules' ids follow the protocol config's order.
 */
export function poolsModule(protocolConfig: ProtocolConfig, tokensModule: DevTokensModule, firstBlock: bigint) {
  return buildModule("Pools", (m) => {
    const { access } = m.useModule(accessModule);
    const { renderer } = m.useModule(singletonsModule);
    const { insuranceFund } = m.useModule(insuranceFundModule);
    const { distributor } = m.useModule(rewardDistributorModule);
    const { factory } = m.useModule(factoryModule);
    const madeUpTokens = m.useModule(tokensModule);

    const token = (name: string) => lookUp(protocolConfig.tokens, name).address ?? lookUp(madeUpTokens, name);
    const flexiblePools: Record<string, NamedArtifactContractAtFuture<"FlexiblePool">> = {};
    const fixedTermPools: Record<string, NamedArtifactContractAtFuture<"FixedTermPool">> = {};
    let last: Future = factory;

    for (const [name, pool] of Object.entries(protocolConfig.flexiblePools)) {
      const config = {
        authority: access,
        distributor,
        stakingToken: token(pool.stakingToken),
        rewardsToken: token(pool.rewardsToken),
        rewardsDuration: pool.rewardsDuration,
        minimumStake: pool.minimumStake,
        cap: pool.cap,
      };
      const creation = m.call(factory, "createFlexiblePool", [config, id(name)], {
        id: `Create_${name}`,
        after: [last],
      });
      const address = m.readEventArgument(creation, "PoolCreated", "pool", { id: `Address_${name}` });
      flexiblePools[name] = m.contractAt("FlexiblePool", address, { id: name });
      last = m.call(factory, "setListed", [address, true], { id: `List_${name}` });
    }

    for (const [name, pool] of Object.entries(protocolConfig.fixedTermPools)) {
      const rewardsPool = pool.rewardsPool === undefined ? undefined : lookUp(flexiblePools, pool.rewardsPool);
      const config = {
        authority: access,
        stakingToken: token(pool.stakingToken),
        rewardsToken: token(pool.rewardsToken),
        conversion: pool.conversion,
        renderer,
        rewardsPool: rewardsPool ?? ZeroAddress,
        insurance: insuranceFund,
        treasury: protocolConfig.treasury,
        split: { ...pool.split },
        terms: pool.terms.map((term) => ({ ...term, penalty: { ...term.penalty } })),
      };
      const creation = m.call(factory, "createFixedTermPool", [config, id(name)], {
        id: `Create_${name}`,
        after: [last],
      });
      const address = m.readEventArgument(creation, "PoolCreated", "pool", { id: `Address_${name}` });
      fixedTermPools[name] = m.contractAt("FixedTermPool", address, { id: name });
      last = m.call(factory, "setListed", [address, true], { id: `List_${name}` });
      if (rewardsPool !== undefined) {
        // The pool notifies the flexible pool of the penalties that it sends there.
        last = m.call(rewardsPool, "setFunder", [address, true], { id: `Fund_${name}`, after: [last] });
      }
    }

    for (const [name, schedule] of Object.entries(protocolConfig.schedules)) {
      const terms = {
        token: token(schedule.token),
        epoch: schedule.epoch,
        budget: schedule.budget,
        start: startTime(schedule.start, firstBlock),
        epochs: schedule.epochs,
        feeBps: schedule.feeBps,
      };
      const recipients = Object.entries(schedule.weights).map(([pool, weight]) => ({
        pool: flexiblePools[pool] ?? lookUp(fixedTermPools, pool),
        weight,
      }));
      last = m.call(distributor, "createSchedule", [terms, recipients], { id: `Schedule_${name}`, after: [last] });
    }

    return { ...flexiblePools, ...fixedTermPools };
  });
}

export type PoolsModule = ReturnType<typeof poolsModule>;
