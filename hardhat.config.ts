import { fileURLToPath } from "node:url";

import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

import { deployTask } from "./scripts/deploy/task.ts";
import { localPort, localUrl } from "./scripts/lib/local-node.ts";
import { optionalKey, optionalKeys } from "./deploy/optional-keys.ts";
import { parallelSolc } from "./build/parallel-solc.ts";
import { quickCompile } from "./build/quick-compile.ts";
import { solidityTestSettings } from "./build/solidity-tests.ts";
import { sdkTypes } from "./tools/sdk/plugin.ts";
import { tasks } from "./tasks/index.ts";

// The compiler comes from npm, pinned exactly, so that a build needs no download and never moves underneath us.
const compilerPath = fileURLToPath(import.meta.resolve("solc/soljson.js"));

// Gas is measured with the plain token, and the harness makes libraries callable: both as they are deployed.
const quickly = quickCompile(
  ["contracts/mocks", ...["faults", "helpers", "histories", "invariants"].map((folder) => `test/solidity/${folder}`)],
  ["contracts/mocks/tokens/PlainToken.sol", "contracts/mocks/RenderingHarness.sol"],
);

/**
 * Endpoint and key come from the encrypted keystore, or from the environment, when the network is used; never from a file. Reading needs
 * no key.
 */
function testnet<Type extends "l1" | "op" | "generic">(prefix: string, chainType: Type, chainId: number) {
  return {
    type: "http" as const,
    chainType,
    chainId,
    url: configVariable(`${prefix}_RPC_URL`),
    accounts: [optionalKey(`${prefix}_PRIVATE_KEY`)],
  };
}

const solidityTests = solidityTestSettings(process.env);

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers, quickly, parallelSolc, optionalKeys, sdkTypes],
  tasks: [...tasks, deployTask],
  solidity: {
    version: "0.8.37",
    path: compilerPath,
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      // What the SDK say of tokens: their functions, and what they refuse with.
      "@openzeppelin/contracts/token/ERC20/extensions/ERC20Pausable.sol",
      "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol",
      "@openzeppelin/contracts/token/ERC721/IERC721.sol",
    ],
    settings: {
      evmVersion: "cancun",
      optimizer: { enabled: true, runs: 200 },
      viaIR: true,
    },
  },
  paths: {
    // A rehearsal keeps its journals to itself, as its chains have a testnet's id.
    ignition: process.env["DEPLOY_FOLDER"] ?? "deploy",
    tests: { mocha: "test", solidity: "test/solidity" },
  },
  typechain: { outDir: "types" },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", hardfork: "osaka" },
    // The rules that the compiler targets, for nodes on which a deployment is rehearsed.
    cancun: { type: "edr-simulated", chainType: "l1", hardfork: "cancun" },
    localhost: { type: "http", chainType: "l1", url: localUrl(localPort()) },
    sepolia: testnet("SEPOLIA", "l1", 11_155_111),
    baseSepolia: testnet("BASE_SEPOLIA", "op", 84_532),
    arbitrumSepolia: testnet("ARBITRUM_SEPOLIA", "generic", 421_614),
  },
  test: {
    // Only what hangs is ended: no test has a time limit of its own, which would turn red where other work runs.
    mocha: { timeout: 3_600_000 },
    solidity: {
      fuzz: { runs: 512, seed: solidityTests.seed },
      invariant: {
        runs: solidityTests.runs,
        depth: solidityTests.depth,
        failOnRevert: true,
        shrinkRunLimit: 50,
        // Handlers mix what they are given; values taken from the state would only keep a seed from replaying.
        dictionaryWeight: 0,
        includeStorage: false,
        includePushBytes: false,
      },
    },
  },
});
