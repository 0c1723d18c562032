import { PlainToken__factory, type PlainToken } from "../../types/index.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import type { Deployment } from "./deployment.ts";
import { writeAmount, type TokenInfo } from "./inputs.ts";
import type { Step } from "./sender.ts";

/** The token at an address, for its ERC-20 functions. */
export function tokenAt({ provider }: Deployment, address: string): PlainToken {
  return PlainToken__factory.connect(address, provider);
}

/** What a token says of itself. Throws a `MendableError` if there is none. */
export async function lookUpToken(deployment: Deployment, address: string): Promise<TokenInfo> {
  if ((await deployment.provider.getCode(address)) === "0x") throw new MendableError(`There is no token at ${address}`);
  const token = tokenAt(deployment, address);
  const symbol = await token.symbol().catch(() => address);
  const decimals = await token.decimals().catch(() => 0n);
  // A symbol is text of a stranger's: nothing in it may move a terminal's cursor.
  return { token: address, symbol: symbol.replace(/[^\x20-\x7e]/g, "?").slice(0, 32), decimals };
}

/** Throws a `MendableError` if the account holds less than it is to spend. */
export async function requireBalance(
  deployment: Deployment,
  from: string,
  token: TokenInfo,
  amount: bigint,
): Promise<void> {
  const balance = await tokenAt(deployment, token.token).balanceOf(from);
  if (balance >= amount) return;
  throw new MendableError(`${from} has ${writeAmount(balance, token)}, less than ${writeAmount(amount, token)}`);
}

/** The approval that a spender still needs, of exactly the amount; none if it has it. */
export async function approvalSteps(
  deployment: Deployment,
  from: string,
  token: TokenInfo,
  spender: { readonly name: string; readonly address: string },
  amount: bigint,
): Promise<Step[]> {
  const contract = tokenAt(deployment, token.token);
  const allowance = await contract.allowance(from, spender.address);
  if (allowance >= amount) return [];
  const approve = (value: bigint) => contract.interface.encodeFunctionData("approve", [spender.address, value]);
  const step = {
    what: `Let ${spender.name} take ${writeAmount(amount, token)}`,
    to: token.token,
    data: approve(amount),
  };
  if (allowance === 0n) return [step];
  // Some tokens change an allowance only from zero.
  return [{ what: `Take back what ${spender.name} might take so far`, to: token.token, data: approve(0n) }, step];
}
