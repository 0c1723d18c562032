// ABIs as constants, from which viem and wagmi infer: `@termstake/sdk/abi`.
export * from "./generated/abi/index.ts";
