import { Interface, isHexString, type JsonFragment } from "ethers";
import type { EthereumProvider } from "hardhat/types/providers";
import { z } from "zod";

import { Refusal } from "../../../model/refusal.ts";
import {
  AccessManager__factory,
  BlocklistToken__factory,
  BurnableToken__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  RewardDistributor__factory,
  TokenTransfer__factory,
} from "../../../types/index.js";

const quantity = z.string();
const GAS = "0xf42400"; // 16,000,000
const GAS_PRICE = "0x77359400"; // fixed, so that the client looks nothing up
/** Hexadecimal digits of calls in one reading: about 80 calls; with more, each call costs the node more. */
const READING = 10_000;

const fragments: readonly JsonFragment[] = [
  AccessManager__factory,
  BlocklistToken__factory,
  BurnableToken__factory,
  FixedTermPool__factory,
  FlexiblePool__factory,
  InsuranceFund__factory,
  RewardDistributor__factory,
  TokenTransfer__factory,
].flatMap(({ abi }): readonly JsonFragment[] => abi);
const errors = new Interface(fragments.filter(({ type }) => type === "error"));

/** A call for the batch reader: target, length and calldata. */
export function packCall(to: string, data: string): string {
  const size = ((data.length - 2) / 2).toString(16).padStart(8, "0");
  return to.slice(2).toLowerCase() + size + data.slice(2);
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** What a refused transaction says; an error that no contract declares is nobody's refusal. */
function refusal(error: unknown): Refusal {
  const data = error instanceof Error && "data" in error ? error.data : undefined;
  const parsed = typeof data === "string" && isHexString(data) && data !== "0x" ? errors.parseError(data) : null;
  if (parsed === null) throw error;
  const values = z.array(z.union([z.bigint(), z.string()])).parse([...parsed.args]);
  return new Refusal(parsed.name, values);
}

/** The chain of a test, spoken to without a client's comforts: a history asks it thousands of things. */
export class Chain {
  constructor(
    private readonly provider: EthereumProvider,
    private readonly reader: string,
  ) {}

  /** Sends a transaction in a block of its own at `time`; returns what it was refused with. */
  async send(from: string, to: string, data: string, time: bigint): Promise<Refusal | undefined> {
    await this.#request("evm_setNextBlockTimestamp", hex(time));
    try {
      await this.#request("eth_sendTransaction", { from, to, data, gas: GAS, gasPrice: GAS_PRICE });
      return undefined;
    } catch (error) {
      return refusal(error);
    }
  }

  /** Lets time pass, and nothing else. */
  async mine(time: bigint): Promise<void> {
    await this.#request("evm_setNextBlockTimestamp", hex(time));
    await this.#request("evm_mine");
  }

  /** Makes packed calls at the latest block's time; returns all words that they return, one after the other. */
  async read(calls: readonly string[]): Promise<bigint[]> {
    const words: bigint[] = [];
    let batch = "0x";
    const ask = async (): Promise<void> => {
      const request = { to: this.reader, data: batch, gas: GAS };
      const answer = quantity.parse(await this.#request("eth_call", request, "latest"));
      for (let at = 2; at < answer.length; at += 64) words.push(BigInt(`0x${answer.slice(at, at + 64)}`));
      batch = "0x";
    };
    for (const call of calls) {
      batch += call;
      if (batch.length > READING) await ask();
    }
    if (batch !== "0x") await ask();
    return words;
  }

  async snapshot(): Promise<string> {
    return quantity.parse(await this.#request("evm_snapshot"));
  }

  async revert(snapshot: string): Promise<void> {
    await this.#request("evm_revert", snapshot);
  }

  async #request(method: string, ...params: unknown[]): Promise<unknown> {
    return this.provider.request({ method, params });
  }
}
