// What must not compile, with ethers.
import { JsonRpcProvider } from "ethers";

import { FixedTermPool__factory, FlexiblePool__factory } from "@termstake/sdk/ethers";

const provider = new JsonRpcProvider("http://127.0.0.1:1");
export const fixed = FixedTermPool__factory.connect("0x", provider);
export const flexible = FlexiblePool__factory.connect("0x", provider);

export const right = () => [fixed.open(0n, 5n, "0x", 0n), flexible.stake(5), fixed.previewOpen(0, 1n)];
// @ts-expect-error an amount is a number, not a truth
export const amount = () => flexible.stake(true);
// @ts-expect-error an argument is missing
export const missing = () => fixed.open(0n, 5n, "0x");
// @ts-expect-error there is no such function
export const unknown = () => flexible.unstake(5n);
// @ts-expect-error a receiver is an address, not a number
export const receiver = () => fixed.withdraw(1n, 5);
// @ts-expect-error what comes back is a bigint
export const result = async (): Promise<string> => flexible.earned("0x");
// @ts-expect-error a factory connects, it does not deploy
export const deployment = () => new FixedTermPool__factory().deploy();
