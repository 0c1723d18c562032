// TypeChain's factories and types for ethers 6: `@termstake/bindings/ethers`.
export * from "./generated/ethers/index.ts";
