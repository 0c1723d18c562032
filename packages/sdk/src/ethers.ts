// TypeChain's factories and types for ethers 6, and plain answers of views: `@termstake/sdk/ethers`.
export { readView, type Plain, type PlainAnswer } from "./ethers/read-view.ts";
export * from "./typechain/index.ts";
