import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";

import { AMOUNT_LIMIT, lookUp, type ProtocolConfig } from "./config/protocol-config.ts";
import type { Protocol } from "./deploy-protocol.ts";

/**
 * Funds everything of a protocol config on a local chain, from made-up tokens: each schedule for all its epochs, each fixed-term
 * pool for all the reward that its capped terms may reserve. Then passes time up to the schedules' start and pays the first
 * epoch out, so that streams run and budgets are there.
 */
export async function fundProtocol(
  protocol: Protocol,
  protocolConfig: ProtocolConfig,
  { time }: NetworkHelpers,
): Promise<void> {
  for (const [name, { token, budget, epochs }] of Object.entries(protocolConfig.schedules)) {
    const amount = budget * epochs;
    await provide(protocol, token, await protocol.distributor.getAddress(), amount);
    await (await protocol.distributor.fund(lookUp(protocol.schedules, name), amount)).wait();
  }
  for (const [name, { rewardsToken, terms }] of Object.entries(protocolConfig.fixedTermPools)) {
    const pool = lookUp(protocol.fixedTermPools, name);
    const capped = terms.filter(({ rewardCap }) => rewardCap !== AMOUNT_LIMIT);
    const amount = capped.reduce((sum, { rewardCap }) => sum + rewardCap, 0n);
    if (amount === 0n) continue;
    await provide(protocol, rewardsToken, await pool.getAddress(), amount);
    await (await pool.fund(amount)).wait();
  }
  for (const [name, { weights }] of Object.entries(protocolConfig.schedules)) {
    const id = lookUp(protocol.schedules, name);
    const { terms } = await protocol.distributor.schedule(id);
    if (BigInt(await time.latest()) < terms.start) await time.increaseTo(terms.start);
    for (const pool of Object.keys(weights)) {
      const target = protocol.flexiblePools[pool] ?? lookUp(protocol.fixedTermPools, pool);
      await (await protocol.distributor.distribute(id, await target.getAddress())).wait();
    }
  }
}

/** Mints to the deployer, who sends everything here, and lets `spender` take it. */
async function provide(protocol: Protocol, tokenName: string, spender: string, amount: bigint): Promise<void> {
  const token = lookUp(protocol.tokens, tokenName);
  await (await token.mint(protocol.deployer.address, amount)).wait();
  await (await token.approve(spender, amount)).wait();
}
