// TypeChain's factories and types for ethers 6: `@termstake/sdk/ethers`.
export * from "./typechain/index.ts";
