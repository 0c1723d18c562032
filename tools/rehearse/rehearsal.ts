// One client's rehearsal: the deployment and the whole runbook, with everything that the commands said.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ContractFactory, JsonRpcProvider, parseEther, parseUnits, Wallet } from "ethers";
import JSON5 from "json5";
import { z } from "zod";

import { PlainToken__factory } from "../../types/index.ts";
import { EXIT } from "../../tasks/lib/exit-codes.ts";
import { addressOf, CAST, keyOf, type Actor } from "./cast.ts";
import { BASE_FEE, SEPOLIA, startClient, type ClientKind, type Hardfork } from "./clients.ts";
import { commandLine, outcomeOf, type CommandLine, type CommandResult, type Outcome } from "./command-line.ts";
import { FINAL_VIEWS, runbook, type Expected, type Refusal, type Step } from "./runbook.ts";
import { serveTestnet, type Testnet } from "./testnet.ts";

/** Where each rehearsal's chain begins, so that they have the same times. */
const START = BigInt(Date.parse("2030-01-01T00:00:00Z") / 1_000);
const SCHEDULE_START = "2030-01-08T00:00:00Z";
/** When the runbook begins, however many blocks the deployment took. */
const DEPLOYED = START + 86_400n;

/** Where Ignition writes what it deployed, below the folder of deployments. */
const ADDRESSES = "deployments/chain-11155111/deployed_addresses.json";

const NO_ETHER: Refusal = { code: EXIT.usage, says: /holds no ether on the network sepolia/ };

const TOKENS = parseUnits("10000", 18);

/** One line of the record. */
export interface Played {
  readonly what: string;
  readonly by: Actor | undefined;
  readonly command: string;
  /** Whether it is part of the runbook: a command that did what it should. */
  readonly shown: boolean;
  /** Gas of what was sent, in all; undefined if nothing was. */
  readonly gas: bigint | undefined;
  /** What it said, without what differs from run to run. */
  readonly said: unknown;
}

export interface Rehearsal {
  readonly client: string;
  readonly record: readonly Played[];
}

/** Plays the runbook on a client. Throws at the first step that does not end as it should. */
export async function rehearse(kind: ClientKind, hardfork: Hardfork, tell: (text: string) => void): Promise<Rehearsal> {
  const folder = await mkdtemp(path.join(tmpdir(), "rehearsal-"));
  const client = await startClient(kind, { hardfork });
  try {
    const testnet = await serveTestnet(client, START);
    try {
      const record = await new Run(testnet, folder, tell).play();
      return { client: kind.name, record };
    } finally {
      await testnet.stop();
    }
  } finally {
    await client.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #testnet: Testnet;
  readonly #folder: string;
  readonly #tell: (text: string) => void;
  readonly #commands: CommandLine;
  readonly #record: Played[] = [];
  /** Operations that the last command announced. */
  #operations: readonly string[] = [];
  /** Address of the pool that was created last. */
  #pool = "";

  constructor(testnet: Testnet, folder: string, tell: (text: string) => void) {
    this.#testnet = testnet;
    this.#folder = folder;
    this.#tell = tell;
    this.#commands = commandLine(testnet.url, folder, path.join(folder, "sepolia.json5"));
  }

  async play(): Promise<Played[]> {
    const file = (name: string) => path.join(this.#folder, name);
    const token = await this.#deploy();
    await writeFile(file("compensations.csv"), `account,amount\n${addressOf("alice")},1.5\n${addressOf("bob")},0.25\n`);
    const setting = {
      token,
      alice: addressOf("alice"),
      newcomer: addressOf("newcomer"),
      operator: addressOf("operator"),
      compensations: file("compensations.csv"),
      claims: file("claims.json"),
      protocolConfig: file("more.json5"),
      database: file("watch.sqlite"),
    };
    await this.#testnet.passTo(DEPLOYED);
    for (const step of runbook(setting)) {
      await this.#testnet.rested();
      await this.#step(step, token);
    }
    await this.#testnet.rested();
    for (const view of FINAL_VIEWS)
      await this.#command(`in the end: ${view.join(" ")}`, "newcomer", view, "succeeds", false);
    await this.#requireTestnet();
    return this.#record;
  }

  /** The chain has to be what it passes for: its id, its block time, its base fee. */
  async #requireTestnet(): Promise<void> {
    const said = await this.#testnet.character();
    if (
      said.chainId !== BigInt(SEPOLIA) ||
      said.firstBaseFee !== BASE_FEE ||
      said.leastBaseFee === 0n ||
      said.irregularBlocks > 0
    )
      throw new Error(
        `${this.#testnet.name} is no such testnet: chain id ${said.chainId}, a first base fee of ${said.firstBaseFee}, at least ` +
          `${said.leastBaseFee}, ${said.irregularBlocks} blocks that do not come a whole number of block times after the last`,
      );
    const { chainId, firstBaseFee } = said;
    const record = { chainId, firstBaseFee };
    this.#record.push({
      what: "in the end: the chain",
      by: undefined,
      command: "",
      shown: false,
      gas: undefined,
      said: record,
    });
  }

  /** From an empty key to a deployment that a second run leaves as it is; returns the token that is staked. */
  async #deploy(): Promise<string> {
    const testnet = this.#testnet;
    for (const actor of CAST) if (actor !== "deployer") await testnet.give(addressOf(actor), parseEther("10"));
    const token = await this.#issueToken();
    await this.#writeConfig(token);

    await this.#deployment("deploy with an empty key", NO_ETHER);
    await testnet.give(addressOf("deployer"), parseEther("1"));
    await this.#deployment("deploy", "succeeds");
    const before = await testnet.now();
    await this.#deployment("deploy again, which changes nothing", "succeeds");
    if ((await testnet.gasSince(before)) !== 0n) throw new Error("Deploying again sent something");
    return token;
  }

  /** A token that exists before anything of ours does, in everybody's hands. */
  async #issueToken(): Promise<string> {
    return this.#as("treasury", async (issuer) => {
      const factory = new ContractFactory(PlainToken__factory.abi, PlainToken__factory.bytecode, issuer);
      const deployed = await factory.deploy("Chain Token", "LINK", 18);
      await deployed.waitForDeployment();
      const token = PlainToken__factory.connect(await deployed.getAddress(), issuer);
      for (const actor of ["funder", "alice", "bob"] as const)
        await (await token.mint(addressOf(actor), TOKENS)).wait();
      return token.getAddress();
    });
  }

  async #insure(by: Actor, token: string, amount: string): Promise<void> {
    const text = await readFile(path.join(this.#folder, ADDRESSES), "utf8");
    const fund = z.looseObject({ "InsuranceFund#InsuranceFund": z.string() }).parse(JSON.parse(text));
    await this.#as(by, async (holder) => {
      const transfer = PlainToken__factory.connect(token, holder).transfer(
        fund["InsuranceFund#InsuranceFund"],
        parseUnits(amount, 18),
      );
      await (await transfer).wait();
    });
  }

  /** What no command of the project does. */
  async #as<T>(actor: Actor, act: (wallet: Wallet) => Promise<T>): Promise<T> {
    const options = { batchMaxCount: 1, cacheTimeout: -1, pollingInterval: 50 };
    const provider = new JsonRpcProvider(this.#testnet.url, undefined, options);
    try {
      return await act(new Wallet(keyOf(actor), provider));
    } finally {
      provider.destroy();
    }
  }

  /** What step 1 of the runbook asks for: real accounts, the token, the start of the schedule. */
  async #writeConfig(token: string): Promise<void> {
    const usual = path.resolve(import.meta.dirname, "../../deploy/config/sepolia.json5");
    const config = {
      extends: path.relative(this.#folder, usual),
      roles: {
        admin: { account: addressOf("admin"), delay: "2 days" },
        operator: { account: addressOf("operator"), delay: "1 day" },
        guardian: { account: addressOf("guardian"), delay: "0 seconds" },
      },
      treasury: addressOf("treasury"),
      tokens: { LINK: { address: token, decimals: 18 } },
      schedules: {
        Weekly: {
          token: "LINK",
          epoch: "7 days",
          budget: "1",
          start: SCHEDULE_START,
          epochs: 52,
          fee: "5 %",
          weights: { Flexible: 70, Fixed: 30 },
        },
      },
    };
    await mkdir(this.#folder, { recursive: true });
    const files = { "sepolia.json5": config, "more.json5": { ...config, flexiblePools: { Later: LATER } } };
    for (const [name, content] of Object.entries(files))
      await writeFile(path.join(this.#folder, name), JSON5.stringify(content, undefined, 2));
  }

  async #deployment(what: string, expected: Expected): Promise<void> {
    this.#tell(what);
    const before = await this.#testnet.now();
    const result = await this.#commands.run(keyOf("deployer"), ["deploy", "--yes"]);
    requireOutcome(what, result, expected);
    const said = expected === "succeeds" ? result.output.match(/0x[0-9a-fA-F]{40}/g) : String(expected.says);
    const gas = await this.#testnet.gasSince(before);
    const command = "npm run deploy -- --network sepolia";
    const shown = gas !== 0n;
    this.#record.push({ what, by: "deployer", command, shown, gas: shown ? gas : undefined, said });
  }

  async #step(step: Step, token: string): Promise<void> {
    switch (step.do) {
      case "insures":
        await this.#insure(step.by, token, step.amount);
        this.#record.push({
          what: step.what,
          by: step.by,
          command: "",
          shown: false,
          gas: undefined,
          said: step.amount,
        });
        return;
      case "waits":
        await this.#testnet.pass(step.seconds);
        this.#record.push({ what: step.what, by: undefined, command: "", shown: false, gas: undefined, said: null });
        return;
      case "executes":
        // What a command announced in parts is executed in parts.
        for (const operation of [...this.#operations])
          await this.#command(step.what, step.by, ["execute", operation], step.expect);
        return;
      case "cancels":
        for (const operation of [...this.#operations])
          await this.#command(step.what, step.by, ["cancel", operation], "succeeds");
        return;
      case "command":
        await this.#command(step.what, step.by, step.args, step.expect);
    }
  }

  async #command(what: string, by: Actor, words: readonly string[], expected: Expected, shown = true): Promise<void> {
    this.#tell(what);
    const args = words.map((word) => word.replace("$POOL", this.#pool));
    const name = args[0] ?? "";
    const reads = READING.includes(name);
    const yes = name === "keeper" ? [] : ["--yes"]; // it never asks
    const journal = reads ? [] : ["--journal", path.join(this.#folder, "journal"), ...yes];
    const options = [...new Set([...args, ...journal, "--json"])];
    const before = await this.#testnet.now();
    const result = await this.#commands.run(keyOf(by), options);
    requireOutcome(what, result, expected);
    const command = args
      .map((word) => word.replace(`${this.#folder}${path.sep}`, ""))
      .map((word) => (/[^\w.:/-]/.test(word) ? `"${word}"` : word))
      .join(" ");
    if (expected !== "succeeds") {
      this.#record.push({ what, by, command, shown: false, gas: undefined, said: String(expected.says) });
      return;
    }
    const { scheduled, pool } = reads ? NOTHING_SENT : outcomeOf(result);
    if (scheduled.length > 0) this.#operations = scheduled.map(({ id }) => id);
    this.#pool = pool ?? this.#pool;
    const used = await this.#testnet.gasSince(before);
    const said =
      name === "watch" ? linesOf(result.output).map(withoutDeploymentTimes) : (JSON.parse(result.output) as unknown);
    const gas = used === 0n ? undefined : used;
    this.#record.push({ what, by, command, shown, gas, said: withoutHashes(said, this.#folder) });
  }
}

const NOTHING_SENT: Outcome = { scheduled: [] };
const READING: readonly string[] = ["pools", "pool", "positions", "operations", "watch", "verify:deployment"];

/** A pool that is not part of the deployment. */
const LATER = {
  stakingToken: "LINK",
  rewardsToken: "LINK",
  rewardsDuration: "7 days",
  minimumStake: "0.01",
  cap: "none",
};

/** What a watch prints, line by line. */
function linesOf(output: string): unknown[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

const toldEvent = z.looseObject({ time: z.int(), args: z.record(z.string(), z.unknown()) });

/** When the transactions of the deployment were mined follows from the machine; everything after has its time. */
function withoutDeploymentTimes(line: unknown): unknown {
  const event = toldEvent.safeParse(line).data;
  if (event === undefined || BigInt(event.time) >= DEPLOYED) return line;
  return { ...event, time: undefined, logIndex: undefined, args: { ...event.args, since: undefined } };
}

function requireOutcome(what: string, { exitCode, output, told }: CommandResult, expected: Expected): void {
  const wanted =
    expected === "succeeds" ? exitCode === EXIT.done : exitCode === expected.code && expected.says.test(told);
  if (wanted) return;
  const wish = expected === "succeeds" ? "succeed" : `end with ${expected.code} and say ${String(expected.says)}`;
  throw new Error(`"${what}" should ${wish}; it ended with ${String(exitCode)}:\n${told}\n${output}`);
}

/**
 * Hashes of transactions hold the fees that were offered, those of blocks what a client adds, files are where they are, and how many
 * blocks the deployment takes, and until when, follows from the machine.
 */
const NOT_COMPARED = ["hash", "gas", "blockHash", "transaction", "block", "blockNumber"];

/** What has to be the same. */
function withoutHashes(value: unknown, folder: string): unknown {
  if (typeof value === "string") return value.replaceAll(folder, "");
  if (Array.isArray(value)) return value.map((entry) => withoutHashes(entry, folder));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, entry]) => !NOT_COMPARED.includes(name) && !(name === "createdAt" && Number(entry) < DEPLOYED))
      .map(([name, entry]) => [name, withoutHashes(entry, folder)]),
  );
}
