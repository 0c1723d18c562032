import { PlainToken__factory, type PlainToken } from "../../types/index.ts";
import { UserError } from "../../shared/user-error.ts";
import type { Deployment } from "./deployment.ts";
import { writeAmount, type TokenInfo } from "./inputs.ts";
import type { Step } from "./sender.ts";
import { isWrongAnswer } from "./wrong-answer.ts";

/** The token at an address, for its ERC-20 functions. */
export function tokenAt({ provider }: Deployment, address: string): PlainToken {
  return PlainToken__factory.connect(address, provider);
}

/** What a token says of itself. Throws a `UserError` if there is none. */
export async function lookUpToken(deployment: Deployment, address: string): Promise<TokenInfo> {
  if ((await deployment.provider.getCode(address)) === "0x") throw new UserError(`There is no token at ${address}`);
  const token = tokenAt(deployment, address);
  // A token need not have a symbol: then its address is its name. Amounts cannot be read without its decimals: nothing stands for these.
  const symbol = await unlessWrong(async () => token.symbol(), address);
  const decimals = await unlessWrong(async () => token.decimals(), undefined);
  if (decimals === undefined) {
    throw new UserError(`The token ${address} does not say how many decimals it has: no amount of it can be read`);
  }
  // A symbol is text of a stranger's: nothing in it may move a terminal's cursor.
  return { token: address, symbol: symbol.replace(/[^\x20-\x7e]/g, "?").slice(0, 32), decimals };
}

/** What a token answers, or `otherwise` if the token itself has no answer; a node that has none is not the token's. */
async function unlessWrong<T, U>(read: () => Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await read();
  } catch (error) {
    if (!isWrongAnswer(error)) throw error;
    return otherwise;
  }
}

/** Throws a `UserError` if the account holds less than it is to spend. */
export async function requireBalance(
  deployment: Deployment,
  from: string,
  token: TokenInfo,
  amount: bigint,
): Promise<void> {
  const balance = await tokenAt(deployment, token.token).balanceOf(from);
  if (balance >= amount) return;
  throw new UserError(`${from} has ${writeAmount(balance, token)}, less than ${writeAmount(amount, token)}`);
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
  if (allowance === 0n || (await takes(deployment, from, step))) return [step];
  // Some tokens change an allowance only from zero; others refuse zero.
  return [{ what: `Take back what ${spender.name} might take so far`, to: token.token, data: approve(0n) }, step];
}

/** Whether a token takes a call: some that refuse say so by answering false. */
async function takes({ provider }: Deployment, from: string, { to, data }: Step): Promise<boolean> {
  try {
    const answer = await provider.call({ from, to, data });
    return answer === "0x" || BigInt(answer) !== 0n;
  } catch (error) {
    if (!isWrongAnswer(error)) throw error;
    return false;
  }
}
