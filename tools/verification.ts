// `npm run verification [-- --network NAME]`: writes what block explorers verify the contracts with, and recompiles each
// to see that it leads to the code of the build; with a network also the deployment's addresses and constructor arguments.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import hre, { artifacts, network } from "hardhat";
import ora from "ora";

import { deployedContracts } from "../deploy/deployed-contracts.ts";
import { UserError, runScript } from "../shared/user-error.ts";
import { table } from "../shared/table.ts";
import {
  creationCodeOf,
  VERIFIED_CONTRACTS,
  verificationInput,
  verifiedContracts,
} from "../deploy/verification-input.ts";

const FOLDER = new URL("../deploy/verification/", import.meta.url);

async function writeInputs(): Promise<void> {
  const progress = ora().start();
  const rows: string[][] = [];
  try {
    for (const name of verifiedContracts()) {
      progress.text = `Recompiling ${name}`;
      const { contract, compiler, input } = await verificationInput(name);
      const { bytecode } = await artifacts.readArtifact(`${VERIFIED_CONTRACTS[name]}:${name}`);
      if (creationCodeOf(input, name) !== bytecode)
        throw new Error(`The input of ${name} leads to other code than the build's`);
      await writeFile(new URL(`${name}.json`, FOLDER), `${JSON.stringify(input, undefined, 2)}\n`);
      rows.push([`${name}.json`, contract, compiler, String(Object.keys(input.sources).length)]);
    }
  } finally {
    progress.stop();
  }
  console.log(table(["file", "contract", "compiler", "sources"], rows));
  console.log(`Each input, compiled anew, gives the bytecode of the build. They are in ${fileURLToPath(FOLDER)}`);
}

async function writeDeployment(networkName: string): Promise<void> {
  const connection = await network.create(networkName);
  const { provider } = connection.ethers;
  const contracts = await deployedContracts(provider);
  if (contracts.length === 0) throw new UserError(`Nothing is deployed on ${networkName}: run npm run deploy first`);
  const { chainId } = await provider.getNetwork();
  const file = new URL(`chain-${chainId}.json`, FOLDER);
  await writeFile(file, `${JSON.stringify(contracts, undefined, 2)}\n`);
  console.log(
    table(
      ["contract", "address"],
      contracts.map(({ contract, address }) => [contract, address]),
    ),
  );
  console.log(`With their constructors' arguments they are in ${fileURLToPath(file)}`);
  await connection.close();
}

await runScript(async () => {
  await mkdir(FOLDER, { recursive: true });
  await writeInputs();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- without --network it is undefined, whatever its type says
  if (hre.globalOptions.network !== undefined) await writeDeployment(hre.globalOptions.network);
});
