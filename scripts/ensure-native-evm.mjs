// npm running under Node 20 skips Hardhat's native EVM, an optional package whose engines ask for Node 22, although
// every script here runs under the Node 22 that is a development dependency. Install it again from under that Node.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

function nativeEvmLoads() {
  try {
    createRequire(require.resolve("hardhat/package.json"))("@nomicfoundation/edr");
    return true;
  } catch {
    return false;
  }
}

if (!nativeEvmLoads() && process.env.npm_execpath !== undefined) {
  const result = spawnSync(
    process.execPath,
    [process.env.npm_execpath, "install", "--ignore-scripts", "--no-audit", "--no-fund"],
    { stdio: "inherit" },
  );
  if (result.status !== 0 || !nativeEvmLoads()) {
    console.error("Hardhat's native EVM (@nomicfoundation/edr) could not be installed for this platform.");
    process.exit(1);
  }
}
