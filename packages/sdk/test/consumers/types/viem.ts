// What must not compile, with viem.
import { createPublicClient, http, parseAbiItem } from "viem";

import { fixedTermPoolAbi, flexiblePoolAbi } from "@termstake/sdk/abi";

const client = createPublicClient({ transport: http("http://127.0.0.1:1") });
const flexible = { address: "0x00000000000000000000000000000000000000aa", abi: flexiblePoolAbi } as const;
const fixed = { ...flexible, abi: fixedTermPoolAbi } as const;
export const item = parseAbiItem("function f()");

export const right = () => client.readContract({ ...flexible, functionName: "earned", args: [flexible.address] });
// @ts-expect-error an account is an address, not a number
export const account = () => client.readContract({ ...flexible, functionName: "earned", args: [5n] });
// @ts-expect-error there is no such function
export const unknown = () => client.readContract({ ...flexible, functionName: "unstaked", args: [] });
// @ts-expect-error an argument is missing
export const missing = () => client.readContract({ ...fixed, functionName: "previewOpen", args: [0n] });
// @ts-expect-error amounts are bigints
export const amount = () => client.readContract({ ...fixed, functionName: "previewOpen", args: [0n, 5] });
// @ts-expect-error what comes back is a bigint
export const result = async (): Promise<string> => right();
