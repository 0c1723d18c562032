// What a deployment would send and cost, found by playing it on a chain of this process: nothing is asked of the real one but its state.
import { formatEther, formatUnits, parseEther, VoidSigner, type Signer } from "ethers";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import type { ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { deployTo, type Target } from "../../deploy/deploy-protocol.ts";
import { confirmedTransactions } from "../../deploy/records.ts";
import { deploySingletons, DEPLOYMENT_PROXY, missingSingletons, SINGLETONS } from "../../deploy/singletons.ts";
import { PlainToken__factory } from "../../types/index.ts";

export interface Plan {
  /** Transactions still to be sent; 0 if everything is there. */
  readonly transactions: number;
  /** That they use. */
  readonly gas: bigint;
  /** Wei for a unit of gas today, and the most that is offered. */
  readonly gasPrice: bigint;
  readonly highestGasPrice: bigint;
  /** Wei that the deployer holds. */
  readonly balance: bigint;
}

interface Spent {
  readonly transactions: number;
  readonly gas: bigint;
}

/** What is left to do on the target: all of a deployment, less what its journal says is done. */
export async function planDeployment(target: Target, protocolConfig: ProtocolConfig): Promise<Plan> {
  const { provider, deployer } = target;
  const [whole, done] = [await play(target, protocolConfig), await spent(target)];
  const transactions = Math.max(whole.transactions - done.transactions, 0);
  const { gasPrice, maxFeePerGas } = await provider.getFeeData();
  const price = gasPrice ?? 0n;
  return {
    transactions,
    gas: transactions === 0 || whole.gas < done.gas ? 0n : whole.gas - done.gas,
    gasPrice: price,
    highestGasPrice: maxFeePerGas ?? price,
    balance: await provider.getBalance(deployer.address),
  };
}

/** Plays the whole deployment where the singletons are those that the target has, and counts what the deployer sends. */
async function play(target: Target, protocolConfig: ProtocolConfig): Promise<Spent> {
  const latest = await target.provider.getBlock("latest");
  if (latest === null) throw new Error("The chain has no block");
  const connection = await network.create({
    network: "default",
    override: { chainId: Number(target.chainId), initialDate: new Date(latest.timestamp * 1_000) },
  });
  try {
    const { provider } = connection.ethers;
    const [somebody] = await connection.ethers.getSigners();
    if (somebody === undefined) throw new Error("A simulated chain has accounts");
    await copyProxy(target, connection);
    const missing = await missingSingletons(target.provider);
    const present = SINGLETONS.filter((name) => !missing.includes(name));
    if (present.length > 0) await deploySingletons(somebody, provider, present);
    await standInTokens(connection, somebody, protocolConfig);
    const deployer = await standInDeployer(connection, target);

    const from = await provider.getBlockNumber();
    // A name that no journal has: what is played is the whole of it.
    await deployTo(connection, { ...target, provider, deployer, deploymentId: "plan" }, protocolConfig, {});
    return await sentBy(connection, deployer.address, from);
  } finally {
    await connection.close();
  }
}

async function copyProxy({ provider }: Target, connection: NetworkConnection): Promise<void> {
  const code = await provider.getCode(DEPLOYMENT_PROXY);
  if (code !== "0x") await connection.networkHelpers.setCode(DEPLOYMENT_PROXY, code);
}

/** The same account with the same nonce, whose contracts get the same addresses: the zeros in them cost less. */
async function standInDeployer({ ethers, networkHelpers }: NetworkConnection, { deployer, provider }: Target) {
  const nonce = await provider.getTransactionCount(deployer.address);
  if (nonce > 0) await networkHelpers.setNonce(deployer.address, nonce);
  await networkHelpers.setBalance(deployer.address, parseEther("1000000"));
  return ethers.getImpersonatedSigner(deployer.address);
}

/** Tokens that exist only have to have code and decimals: a deployment asks them for nothing else. */
async function standInTokens(
  { ethers, networkHelpers }: NetworkConnection,
  somebody: Signer,
  { tokens }: ProtocolConfig,
): Promise<void> {
  for (const [name, { address, decimals }] of Object.entries(tokens)) {
    if (address === undefined) continue;
    const token = await new PlainToken__factory(somebody).deploy(name, name, decimals);
    await networkHelpers.setCode(address, await ethers.provider.getCode(await token.getAddress()));
  }
}

async function sentBy({ ethers }: NetworkConnection, account: string, after: number): Promise<Spent> {
  const head = await ethers.provider.getBlockNumber();
  let [transactions, gas] = [0, 0n];
  for (let number = after + 1; number <= head; number += 1) {
    const block = await ethers.provider.getBlock(number, true);
    for (const { from, hash } of block?.prefetchedTransactions ?? []) {
      if (from !== account) continue;
      const receipt = await ethers.provider.getTransactionReceipt(hash);
      transactions += 1;
      gas += receipt?.gasUsed ?? 0n;
    }
  }
  return { transactions, gas };
}

async function spent({ provider, deploymentId }: Target): Promise<Spent> {
  const hashes = await confirmedTransactions(deploymentId);
  let gas = 0n;
  for (const hash of hashes) gas += (await provider.getTransactionReceipt(hash))?.gasUsed ?? 0n;
  return { transactions: hashes.length, gas };
}

/** The plan in sentences, for whoever pays. */
export function describePlan({ transactions, gas, gasPrice, highestGasPrice, balance }: Plan, target: Target): string {
  if (transactions === 0) return "Everything is deployed: nothing is to be sent.";
  const gwei = (price: bigint) =>
    `${Number(formatUnits(price, "gwei")).toLocaleString("en", { maximumFractionDigits: 3 })} gwei`;
  const ether = (amount: bigint) =>
    `${Number(formatEther(amount)).toLocaleString("en", { maximumFractionDigits: 6 })} ETH`;
  const known = !(target.deployer instanceof VoidSigner); // a dry run needs no key
  return [
    `${known ? target.deployer.address : "Whoever deploys"} would send ${transactions} transactions on chain ${target.chainId}, with ${gas.toLocaleString("en")} gas in all.`,
    `That is ${ether(gas * gasPrice)} at today's ${gwei(gasPrice)}, and at most ${ether(gas * highestGasPrice)} at ${gwei(highestGasPrice)}.`,
    `${known ? `The account holds ${ether(balance)}. ` : ""}A layer 2 adds its fee for publishing the calldata.`,
  ].join("\n");
}
