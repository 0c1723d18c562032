// Everything that a task sends goes through here: it is simulated, asked about, written down before it leaves, waited for, and found
// again by the next run if this one does not live to see its end.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { formatMoment } from "@termstake/sdk/units";
import { hexlify, keccak256, toUtf8Bytes, Transaction, ZeroAddress, type FeeData, type TransactionLike } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { UserError } from "../../shared/user-error.ts";
import { permissionOf, withoutRestriction } from "./access.ts";
import { chooseAccount, chooseActor, type Account } from "./accounts.ts";
import { requireAgreement } from "./agreement.ts";
import { callsInARow } from "./calls-in-a-row.ts";
import { tell } from "./command.ts";
import { nameOf, type Deployment } from "./deployment.ts";
import { NodeUnavailable, NothingToDo, onDisk, Refused } from "./exit-codes.ts";
import { parseAddress } from "./inputs.ts";
import { readCall } from "./interfaces.ts";
import { Journal, type SignedEntry } from "./journal.ts";
import type { SendingArguments } from "./options.ts";
import { wholeOf } from "./receipts.ts";
import { isRefusal, PatientRpc, type Receipt } from "./rpc.ts";
import { buildSafeBatch } from "./safe-batch.ts";
import { requireSafe } from "./safe.ts";
import { isWrongAnswer } from "./wrong-answer.ts";

/** One transaction of an order. */
export interface Step {
  /** What it does, for people: `Stake 100 TSK in Flexible`. */
  readonly what: string;
  readonly to: string;
  readonly data: string;
  /** Whether the function answers to the access manager. */
  readonly governed?: boolean;
}

/** What a task wants done. */
export interface Order {
  /** The same words mean the same wish: what an earlier run sent for it is found again. */
  readonly intent: string;
  /** Most wei to pay for a unit of gas; by default what the node proposes. */
  readonly highestGasPrice?: bigint;
  /** Checks everything that can be checked, and says what to send. Throws a `UserError` to send nothing. */
  prepare(from: string): Promise<Prepared>;
}

export interface Prepared {
  /** What is about to happen, for people. */
  readonly preview?: string;
  /** Asks on local chains too. */
  readonly alwaysAsk?: boolean;
  readonly steps: readonly Step[];
}

export interface SentTransaction {
  readonly what: string;
  readonly hash: string;
  readonly block: bigint;
  readonly gasUsed: bigint;
  /** Whether an earlier run sent it. */
  readonly found: boolean;
}

/** A call that waits in the access manager. */
export interface ScheduledCall {
  readonly id: string;
  /** Unix seconds from which it may run. */
  readonly from: bigint;
}

export interface Outcome {
  readonly status: "sent" | "scheduled" | "proposed" | "dry run";
  readonly from: string;
  readonly preview?: string;
  readonly transactions: readonly SentTransaction[];
  readonly scheduled: readonly ScheduledCall[];
  /** Estimates of a dry run, of the first transaction at least: later ones may build on it. */
  readonly gas: readonly bigint[];
  /** File of the batch. */
  readonly file?: string;
  /** Logs of the last transaction. */
  readonly logs: Receipt["logs"];
}

/** What a step became: the call itself, or scheduling it. */
interface Call {
  readonly what: string;
  readonly to: string;
  readonly data: string;
  readonly operationId?: string;
}

/** Carries an order out, in the way that the options say. */
export async function carryOut(
  hre: HardhatRuntimeEnvironment,
  deployment: Deployment,
  args: SendingArguments,
  order: Order,
): Promise<Outcome> {
  if (args.confirmations < 1) throw new UserError(`--confirmations is ${args.confirmations}; the least is 1`);
  if (args.propose !== undefined) return propose(deployment, args, args.propose, order);

  const { connection, node } = deployment;
  if (args.dryRun) {
    const from = await chooseActor(connection, node, args.from);
    const { prepared, gas } = await rehearse(deployment, from, order);
    return { status: "dry run", from, scheduled: [], transactions: [], logs: [], gas: [gas], ...previewOf(prepared) };
  }
  const account = await chooseAccount(connection, node, args.from);
  const directory = args.journal ?? path.join(hre.config.paths.root, "journal");
  const journal = await Journal.open(directory, deployment.provider);
  const sending = new Sending(deployment, args, account, journal, order);

  const fulfilled = await sending.finishWhatWasBegun();
  if (fulfilled !== undefined) return fulfilled;
  const { prepared, calls, gas } = await rehearse(deployment, account.address, order);

  for (const { what } of calls) tell(`To send: ${what}`);
  tell(`The first takes about ${gas} gas`);
  await ask(deployment, args, prepared);
  return { ...(await sending.send(calls)), ...previewOf(prepared) };
}

/** Prepares an order, and simulates everything that it would send. */
async function rehearse(deployment: Deployment, from: string, order: Order) {
  const prepared = await order.prepare(from).catch((error: unknown) => {
    // What is checked here beforehand, a contract would refuse afterwards.
    if (error instanceof UserError && error.name === "UserError") throw new Refused(error.message, { cause: error });
    throw error;
  });
  const calls = await callsOf(deployment, from, prepared.steps);
  if (prepared.preview !== undefined) tell(prepared.preview);
  return { prepared, calls, gas: await simulateAll(deployment, from, prepared.steps, calls) };
}

function previewOf({ preview }: Prepared): { preview?: string } {
  return preview === undefined ? {} : { preview };
}

/** What is really called: a restricted function whose caller has a delay is scheduled. */
async function callsOf(deployment: Deployment, from: string, steps: readonly Step[]): Promise<Call[]> {
  const { access } = deployment;
  return Promise.all(
    steps.map(async ({ what, to, data, governed }): Promise<Call> => {
      if (governed !== true) return { what, to, data };
      const permission = await permissionOf(deployment, { from, to, data });
      if (permission.kind === "immediate") return { what, to, data };
      const schedule = access.interface.encodeFunctionData("schedule", [to, data, 0n]);
      return {
        what: `Schedule: ${what}`,
        to: await access.getAddress(),
        data: schedule,
        operationId: permission.operationId,
      };
    }),
  );
}

/** Most calls that are simulated in a row: more of them do not fit into a block's gas for certain. */
const LONGEST_ROW = 16;

/**
 * Simulates the calls, each on what those before it did, and returns the first one's gas. What is only scheduled now is simulated too,
 * as if it ran now, so that what would be refused after the delay is refused today.
 */
async function simulateAll(
  deployment: Deployment,
  from: string,
  steps: readonly Step[],
  calls: readonly Call[],
): Promise<bigint> {
  for (const [i, call] of calls.entries()) {
    const step = steps[i];
    if (call.operationId !== undefined && step !== undefined) await simulateUnrestricted(deployment, from, step);
  }
  const [first] = calls;
  if (first === undefined) throw new NothingToDo("There is nothing to do");
  if (calls.length > 1 && calls.length <= LONGEST_ROW) await simulateInARow(deployment, from, calls);
  return simulate(deployment, from, first);
}

async function simulateInARow({ node }: Deployment, from: string, calls: readonly Call[]): Promise<void> {
  const params = [{ from: ZeroAddress, to: from }, "latest", { [from]: { code: callsInARow(calls) } }];
  await node.request({ method: "eth_call", params }).catch((error: unknown) => {
    // A node that cannot do it says something else; each call is simulated once more when its turn comes.
    if (isWrongAnswer(error)) throw error;
  });
}

async function simulateUnrestricted(deployment: Deployment, from: string, { to, data }: Step): Promise<void> {
  // What the access manager asks of calls to itself does not follow from a function's role.
  if (to === (await deployment.access.getAddress())) return;
  const state = await withoutRestriction(deployment, to, data.slice(0, 10));
  await deployment.node.request({ method: "eth_call", params: [{ from, to, data }, "latest", state] });
}

/** Throws what the contract would refuse with, and else returns the gas that it takes. */
async function simulate({ provider }: Deployment, from: string, { to, data }: Call): Promise<bigint> {
  await provider.call({ from, to, data });
  return provider.estimateGas({ from, to, data });
}

async function ask(deployment: Deployment, args: SendingArguments, prepared: Prepared): Promise<void> {
  if (args.yes || (deployment.local && prepared.alwaysAsk !== true)) return;
  const message = `Send on ${deployment.networkName} (chain id ${deployment.chainId})?`;
  await requireAgreement(message, { input: process.stdin, output: process.stderr });
}

async function propose(deployment: Deployment, args: SendingArguments, file: string, order: Order): Promise<Outcome> {
  if (args.from === undefined) throw new UserError("--propose needs the Safe's address: name it with --from");
  const safe = parseAddress(args.from, "--from");
  await requireSafe(deployment, safe);
  if (existsSync(file)) throw new UserError(`${file} exists already: name a new file with --propose`);
  const { prepared, calls, gas } = await rehearse(deployment, safe, order);
  const batch = buildSafeBatch(deployment.chainId, safe, describeCalls(deployment, calls), calls);
  await onDisk(file, async () =>
    writeFile(file, `${JSON.stringify(batch, null, 2)}\n`, { flag: "wx" }).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "EEXIST")
        throw new UserError(`${file} exists already: name a new file with --propose`);
      throw error;
    }),
  );
  return {
    status: "proposed",
    from: safe,
    transactions: [],
    scheduled: [],
    gas: [gas],
    logs: [],
    file,
    ...previewOf(prepared),
  };
}

/** What a batch does, in words and as calls: what a Safe schedules is data to its app. */
function describeCalls(deployment: Deployment, calls: readonly Call[]): string {
  return calls
    .map(({ what, to, data }) => {
      const call = readCall(data, (address) => nameOf(deployment, address));
      return `${what}: ${nameOf(deployment, to)}.${call}`;
    })
    .join("; ");
}

class Sending {
  readonly #deployment: Deployment;
  readonly #account: Account;
  readonly #journal: Journal;
  readonly #intent: string;
  readonly #highestGasPrice: bigint | undefined;
  readonly #rpc: PatientRpc;
  readonly #confirmations: bigint;
  /** The nonce after what this run has sent: a node that is behind may name a lower one. */
  #nextNonce = 0n;

  constructor(deployment: Deployment, args: SendingArguments, account: Account, journal: Journal, order: Order) {
    this.#deployment = deployment;
    this.#account = account;
    this.#journal = journal;
    this.#intent = order.intent;
    this.#highestGasPrice = order.highestGasPrice;
    this.#rpc = new PatientRpc(deployment.node, args.timeout);
    this.#confirmations = BigInt(args.confirmations);
  }

  /** Waits for whatever earlier runs of this account left open; gives the outcome if that fulfils the order. */
  async finishWhatWasBegun(): Promise<Outcome | undefined> {
    let fulfilled: Outcome | undefined;
    for (const entry of await this.#journal.unfinished(this.#account.address)) {
      tell(`An earlier run signed on ${entry.time}: ${entry.what}. Looking for it`);
      const receipt = await this.#settle(entry, true);
      if (receipt === undefined) continue;
      tell(`Found it in block ${receipt.blockNumber}: ${receipt.transactionHash}`);
      if (receipt.status === 1n && entry.last && entry.intent === this.#intent) {
        fulfilled = await this.#outcome([{ entry, receipt, found: true }]);
      }
    }
    return fulfilled;
  }

  async send(calls: readonly Call[]): Promise<Outcome> {
    const done: Done[] = [];
    for (const [i, call] of calls.entries()) {
      const entry = await this.#sign(call, i === calls.length - 1);
      const receipt = await this.#settle(entry, false);
      if (receipt === undefined)
        throw new Refused(`Another transaction took the place of: ${call.what}. Run the command again`);
      if (receipt.status !== 1n) {
        throw new Refused(
          `Refused when it was mined, since something changed before: ${call.what} (${receipt.transactionHash})`,
        );
      }
      tell(`Done in block ${receipt.blockNumber}: ${call.what}`);
      done.push({ entry, receipt, found: false });
    }
    return this.#outcome(done);
  }

  /** Signs a call with the next nonce, and writes it down. */
  async #sign({ what, to, data }: Call, last: boolean): Promise<SignedEntry> {
    const { provider, chainId } = this.#deployment;
    const { address, wallet } = this.#account;
    const gas = withMargin(await this.#simulateNext({ what, to, data }));
    const nonce = greatest(await this.#rpc.nonce(address, "pending"), this.#nextNonce);
    const fees = await provider.getFeeData();
    const capped = (value: bigint) => least(value, this.#highestGasPrice ?? value);
    const price =
      fees.maxFeePerGas !== null && fees.maxPriorityFeePerGas !== null
        ? {
            type: 2,
            maxFeePerGas: capped(fees.maxFeePerGas),
            maxPriorityFeePerGas: capped(fees.maxPriorityFeePerGas),
          }
        : { type: 0, gasPrice: capped(priceOf(fees)) };
    const request: TransactionLike = { chainId, nonce: Number(nonce), to, data, gasLimit: gas, ...price };
    const raw = await wallet?.signTransaction(request);
    const hash = raw === undefined ? undefined : keccak256(raw);
    const entry: SignedEntry = {
      state: "signed",
      id:
        hash ?? keccak256(toUtf8Bytes(`${Transaction.from(request).unsignedHash} ${performance.now()} ${process.pid}`)),
      time: new Date().toISOString(),
      intent: this.#intent,
      what,
      last,
      from: address,
      nonce,
      to,
      data,
      gas,
      block: await this.#rpc.blockNumber(),
      raw,
      hash,
    };
    await this.#journal.write(entry);
    this.#nextNonce = nonce + 1n;
    return entry;
  }

  /** Simulates a call; one that builds on a step before is asked about again, since the node may not have seen that one yet. */
  async #simulateNext(call: Call): Promise<bigint> {
    for (let tries = this.#nextNonce === 0n ? 1 : STEP_TRIES; ; tries--) {
      try {
        return await simulate(this.#deployment, this.#account.address, call);
      } catch (error) {
        if (tries <= 1 || !isWrongAnswer(error)) throw error;
        await sleep(STEP_PAUSE_MS);
      }
    }
  }

  /**
   * Sends what was signed until it is mined and confirmed, however often that takes: the same transaction can be mined once only. Gives
   * undefined if another transaction has taken its nonce.
   */
  async #settle(entry: SignedEntry, earlier: boolean): Promise<Receipt | undefined> {
    // Whether somebody may have the transaction: then it can be mined as long as its nonce is open, whatever a node says.
    const offer = { mayHaveArrived: earlier, answer: "" };
    const later = () =>
      `It may yet be mined: ${entry.what}. Run the same command again to go on waiting; nothing is sent twice. ` +
      `Time is up${offer.answer === "" ? "" : `; the node says: ${offer.answer}`}`;
    const found = await this.#rpc.until(async () => {
      const hash = await this.#locate(entry);
      if (hash === "replaced") return "replaced" as const;
      if (hash === undefined) {
        await this.#broadcast(entry, offer);
        return undefined;
      }
      const receipt = await this.#rpc.receipt(hash);
      if (receipt === undefined) return undefined;
      const confirmed = (await this.#rpc.blockNumber()) - receipt.blockNumber + 1n >= this.#confirmations;
      return confirmed ? receipt : undefined;
    }, later);
    const end = { id: entry.id, time: new Date().toISOString() };
    if (found === "replaced") {
      await this.#journal.write({ ...end, state: "replaced" });
      return undefined;
    }
    const state = found.status === 1n ? "mined" : "reverted";
    await this.#journal.write({ ...end, state, hash: found.transactionHash, block: found.blockNumber });
    return found;
  }

  /** Hash of the transaction where the node knows it; undefined if it does not, and may be given it. */
  async #locate({ hash, from, nonce, block, to, data }: SignedEntry): Promise<string | undefined> {
    if (hash !== undefined && (await this.#rpc.transaction(hash)) !== undefined) return hash;
    if ((await this.#rpc.nonce(from, "latest")) <= nonce) return undefined;
    if (hash !== undefined && (await this.#rpc.receipt(hash)) !== undefined) return hash;
    // Its nonce is used. That another transaction used it is believed when that one is seen: a node that is behind shows none.
    const mined = await this.#rpc.byNonce(from, nonce, block);
    if (mined === undefined) return undefined;
    if (hash !== undefined) return mined.hash === hash ? hash : "replaced";
    return mined.to?.toLowerCase() === to.toLowerCase() && mined.input === data ? mined.hash : "replaced";
  }

  async #broadcast(entry: SignedEntry, offer: { mayHaveArrived: boolean; answer: string }): Promise<void> {
    try {
      if (entry.raw !== undefined) await this.#rpc.send("eth_sendRawTransaction", [entry.raw]);
      else await this.#rpc.send("eth_sendTransaction", [requestOf(entry)]);
      offer.mayHaveArrived = true;
    } catch (error) {
      offer.answer = error instanceof Error ? error.message : String(error);
      if (!isRefusal(error)) offer.mayHaveArrived = true;
      // Nodes also answer with an error when they mined it and it reverted.
      if (offer.mayHaveArrived || (await this.#locate(entry)) !== undefined) return;
      if (entry.raw === undefined && (await this.#rpc.nonce(entry.from, "pending")) > entry.nonce) return;
      await this.#journal.write({ state: "refused", id: entry.id, time: new Date().toISOString() });
      throw new Refused(`The node refused: ${entry.what}. It says: ${offer.answer}`, { cause: error });
    }
  }

  async #outcome(done: readonly Done[]): Promise<Outcome> {
    const scheduled = await Promise.all(done.map(async ({ receipt }) => this.#scheduledBy(receipt)));
    return {
      status: scheduled.some((calls) => calls.length !== 0) ? "scheduled" : "sent",
      from: this.#account.address,
      transactions: done.map(({ entry, receipt, found }) => ({
        what: entry.what,
        hash: receipt.transactionHash,
        block: receipt.blockNumber,
        gasUsed: receipt.gasUsed,
        found,
      })),
      scheduled: scheduled.flat(),
      gas: [],
      logs: done.at(-1)?.receipt.logs ?? [],
    };
  }

  async #scheduledBy({ logs }: Receipt): Promise<ScheduledCall[]> {
    const { access } = this.#deployment;
    const address = (await access.getAddress()).toLowerCase();
    return logs
      .filter((log) => log.address.toLowerCase() === address)
      .flatMap((log) => {
        const event = access.interface.parseLog(log);
        if (event?.name !== "OperationScheduled") return [];
        return [{ id: String(event.args.getValue("operationId")), from: wholeOf(event.args, "schedule") }];
      });
  }
}

interface Done {
  readonly entry: SignedEntry;
  readonly receipt: Receipt;
  readonly found: boolean;
}

/** How often, and how far apart, a step is simulated before it is believed that it fails after the one before it. */
const [STEP_TRIES, STEP_PAUSE_MS] = [8, 500];

/** Most gas of one transaction (EIP-7825). */
const TRANSACTION_GAS_LIMIT = 16_777_216n;

function greatest(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

function priceOf({ gasPrice }: FeeData): bigint {
  if (gasPrice === null) throw new NodeUnavailable("The node is unavailable: it names no gas price");
  return gasPrice;
}

/** What a slot costs that is filled when it is mined and was not when it was estimated, and a little. */
const LEAST_MARGIN = 25_000n;

/** A fifth more than the estimate, and a slot more at least, since the state may change before it is mined. */
function withMargin(gas: bigint): bigint {
  const fifth = gas / 5n;
  const more = gas + (fifth > LEAST_MARGIN ? fifth : LEAST_MARGIN);
  return more < TRANSACTION_GAS_LIMIT ? more : TRANSACTION_GAS_LIMIT;
}

/** For nodes that keep the key. */
function requestOf({ from, to, data, gas, nonce }: SignedEntry) {
  const quantity = (value: bigint) => `0x${value.toString(16)}`;
  return { from, to, data: hexlify(data), gas: quantity(gas), nonce: quantity(nonce) };
}

/** The outcome for people. */
export function writeOutcome(outcome: Outcome): string {
  switch (outcome.status) {
    case "proposed":
      return `Wrote a batch for the Safe ${outcome.from} to ${outcome.file ?? ""}: import it in its transaction builder`;
    case "dry run":
      return `Everything checked; nothing was sent. The first transaction takes about ${outcome.gas.join(", ")} gas`;
    case "sent":
    case "scheduled":
      return [
        ...outcome.transactions.map(
          ({ what, hash, block, gasUsed, found }) =>
            `${what}\n  ${found ? "an earlier run sent it; nothing was sent again: " : ""}${hash}, block ${block}, ${gasUsed} gas`,
        ),
        ...outcome.scheduled.map(
          ({ id, from }) => `Operation ${id} may run from ${formatMoment(from)} on; then: execute ${id}`,
        ),
      ].join("\n");
  }
}

/** The outcome for programs. */
export function dataOf(outcome: Outcome): object {
  return { ...outcome, logs: undefined };
}
