// The contracts that the SDK publish, and how their builds are read.
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Interface } from "ethers";
import { z } from "zod";

import { UserError } from "../../shared/user-error.ts";

/** A contract of the SDK: its name, and the source that it is built from. */
export interface Published {
  readonly name: string;
  readonly source: string;
}

const own = (name: string): Published => ({ name, source: `contracts/${name}.sol` });
const openZeppelin = (source: string): Published => ({
  name: path.basename(source, ".sol"),
  source: `@openzeppelin/contracts/${source}`,
});

/** Everything that a front end talks to. A token is spoken to as an `ERC20Permit`, whatever it is; a position as an `IERC721`. */
export const PUBLISHED: readonly Published[] = [
  own("FixedTermPool"),
  own("FixedTermPoolDeployer"),
  own("FlexiblePool"),
  own("FlexiblePoolDeployer"),
  own("InsuranceFund"),
  own("OperatorBrake"),
  own("PoolFactory"),
  own("PositionRenderer"),
  own("RewardDistributor"),
  own("StakingLens"),
  openZeppelin("access/manager/AccessManager.sol"),
  openZeppelin("token/ERC20/extensions/ERC20Permit.sol"),
  openZeppelin("token/ERC721/IERC721.sol"),
];

/** Contracts of whose errors people are told although nobody calls them through the SDK: tokens refuse with them. */
export const BUBBLING: readonly Published[] = [openZeppelin("token/ERC20/extensions/ERC20Pausable.sol")];

/** The entries of an ABI, as the compiler wrote them. */
export type Abi = readonly Readonly<Record<string, unknown>>[];

const artifact = z.object({ abi: z.array(z.record(z.string(), z.unknown())) });

const ARTIFACTS = fileURLToPath(new URL("../../artifacts", import.meta.url));

function artifactFile({ name, source }: Published): string {
  return path.join(ARTIFACTS, source, `${name}.json`);
}

/** Whether all that is published has been built. */
export async function arePublishedBuilt(): Promise<boolean> {
  const readable = PUBLISHED.map(async (contract) => access(artifactFile(contract)));
  return (await Promise.allSettled(readable)).every(({ status }) => status === "fulfilled");
}

/** Reads the ABI of a built contract. */
export async function readAbi({ name, source }: Published): Promise<Abi> {
  const file = artifactFile({ name, source });
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UserError(`${file} is not there to be read: run \`npm run build\` first`, { cause });
  });
  return artifact.parse(JSON.parse(text)).abi;
}

/** An ABI for ethers. */
export function toInterface(abi: Abi): Interface {
  return new Interface(JSON.stringify(abi));
}
