// ABIs as constants, from which viem and wagmi infer: `@termstake/bindings/abi`.
export * from "./generated/abi/index.ts";
