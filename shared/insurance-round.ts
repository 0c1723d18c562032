import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { getAddress, isAddress, ZeroAddress } from "ethers";
import { z } from "zod";

import { UserError } from "./user-error.ts";

/** What every claim of a round is bound to, besides its own values. */
export interface RoundBinding {
  readonly chainId: bigint;
  /** Address of the `InsuranceFund`. */
  readonly fund: string;
  /** Number that the round gets when it is published: the fund's `roundCount()`. */
  readonly round: bigint;
  readonly token: string;
}

/** What one account is to get, in base units of the round's token. */
export interface Compensation {
  readonly account: string;
  readonly amount: bigint;
}

export interface InsuranceClaim extends Compensation {
  readonly index: bigint;
  readonly proof: readonly string[];
}

export interface InsuranceRound extends RoundBinding {
  readonly root: string;
  readonly total: bigint;
  readonly claims: readonly InsuranceClaim[];
}

const MAX_TOTAL = 2n ** 128n - 1n;

/** Types of a leaf, as `InsuranceFund.leaf` encodes it. */
const LEAF = ["uint256", "address", "uint256", "uint256", "address", "address", "uint256"];

/** Contracts that are never an account of a round, and what they are. */
export type ProtocolAddresses = ReadonlyMap<string, string>;

/**
 * Computes root, total and proofs of a round; a claim's index is its place in the list.
 *
 * Throws a `UserError` for an address that is none or whose checksum is wrong, an account that stands twice, an
 * amount that is not above zero, an empty list, a total of 2^128 units and more, and an account that is a contract of the
 * protocol: what a pool, a token or the fund is paid belongs to nobody, and a claim made while tokens move to it could be
 * taken for theirs.
 */
export function buildInsuranceRound(
  binding: RoundBinding,
  compensations: readonly Compensation[],
  contracts: ProtocolAddresses = new Map(),
): InsuranceRound {
  const { chainId, round } = binding;
  const [fund, token] = [checksummed(binding.fund, "The fund"), checksummed(binding.token, "The token")];
  const protocol = new Map([...contracts].map(([address, what]) => [getAddress(address), what]));
  protocol.set(fund, "the insurance fund").set(token, "the round's token");
  if (compensations.length === 0) throw new UserError("A round needs at least one claim");

  const accounts = new Set<string>();
  const entries = compensations.map(({ account, amount }, place) => {
    const entry = { index: BigInt(place), account: checksummed(account, `Claim ${place}: the account`), amount };
    if (accounts.has(entry.account)) throw new UserError(`Claim ${place}: ${entry.account} stands twice`);
    const contract = protocol.get(entry.account);
    if (contract !== undefined) {
      throw new UserError(`Claim ${place}: ${entry.account} is ${contract}, where nobody could use what is paid`);
    }
    if (amount <= 0n) throw new UserError(`Claim ${place}: the amount ${amount} is not above zero`);
    accounts.add(entry.account);
    return entry;
  });
  const total = entries.reduce((sum, { amount }) => sum + amount, 0n);
  if (total > MAX_TOTAL) throw new UserError(`The total of ${total} is above 2^128 - 1`);

  const leaves = entries.map(({ index, account, amount }) => [chainId, fund, round, index, account, token, amount]);
  const tree = StandardMerkleTree.of(leaves, LEAF);
  const claims = entries.map((entry, place) => ({ ...entry, proof: tree.getProof(place) }));
  return { chainId, fund, round, token, root: tree.root, total, claims };
}

/** The round as JSON to publish; whole numbers are decimal strings. */
export function formatInsuranceRound(round: InsuranceRound): string {
  return JSON.stringify(round, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value), 2);
}

const whole = z.string().regex(/^\d+$/).transform(BigInt);
const file = z.object({
  chainId: whole,
  fund: z.string(),
  round: whole,
  token: z.string(),
  root: z.string(),
  total: whole,
  claims: z.array(z.object({ index: whole, account: z.string(), amount: whole, proof: z.array(z.string()) })),
});

/**
 * Reads what `formatInsuranceRound` wrote and builds it anew from its accounts and amounts, so that whoever reads a
 * published round knows that root, total and every proof follow from them. Throws a `UserError` if they do not.
 */
export function parseInsuranceRound(text: string): InsuranceRound {
  const parsed = file.safeParse(readJson(text));
  if (!parsed.success) throw new UserError(`Not a round of compensation:\n${z.prettifyError(parsed.error)}`);
  const round = buildInsuranceRound(parsed.data, parsed.data.claims);
  if (formatInsuranceRound(round) !== formatInsuranceRound(parsed.data)) {
    throw new UserError(
      `Root, total, indices or proofs do not follow from the claims; the root of these is ${round.root}`,
    );
  }
  return round;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError("Not a round of compensation: no JSON");
  }
}

/** Accepts an address whose checksum is right, or that has none because it is all in lower case. */
function checksummed(text: string, what: string): string {
  if (!isAddress(text) || !text.startsWith("0x")) {
    throw new UserError(`${what} "${text}" is no address, or its checksum is wrong`);
  }
  const address = getAddress(text);
  if (address === ZeroAddress) throw new UserError(`${what} is the zero address`);
  return address;
}
