import { readdir } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";
import { AbiCoder, concat, getBytes, Interface, type ErrorFragment } from "ethers";
import fc from "fast-check";
import { network } from "hardhat";
import { createPublicClient, custom, getAddress, parseAbi } from "viem";

import { ERRORS } from "../../packages/sdk/src/generated/errors.ts";
import { decodeError, decodeRevertData, explainFailure, explainRevert } from "../../packages/sdk/src/errors.ts";
import { BUBBLING, PUBLISHED, readAbi, toInterface, type Published } from "../../tools/sdk/contracts.ts";
import { MONTH, deployFixedTermPool } from "../helpers/fixed-term.ts";
import { deployFlexiblePool, ONE } from "../helpers/fixtures.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const POOL = "0xE8C2cB9c79cE2bE6AA9c2cF1C57a4e2C0d29a6Ea".toLowerCase();
const ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"; // an example of EIP-55

/** The contracts that are deployed, found in the sources, so that a new one cannot be forgotten; and what they stand on. */
async function deployables(): Promise<Published[]> {
  const sources = (await readdir("contracts")).filter((file) => file.endsWith(".sol"));
  const own = sources.map((file) => ({ name: path.basename(file, ".sol"), source: `contracts/${file}` }));
  return [...own, { name: "PlainToken", source: "contracts/mocks/tokens/PlainToken.sol" }, ...PUBLISHED, ...BUBBLING];
}

/** All errors that the deployed contracts, access managers and tokens declare. */
async function allErrors(): Promise<ErrorFragment[]> {
  const errors = new Map<string, ErrorFragment>();
  for (const contract of await deployables()) {
    toInterface(await readAbi(contract)).forEachError((error) => errors.set(error.selector, error));
  }
  return [...errors.values()];
}

async function flexiblePool() {
  return deployFlexiblePool(ethers, { minimumStake: 10n });
}

async function positionOfAlice() {
  const fixture = await deployFixedTermPool(ethers, { terms: [MONTH] });
  await fixture.pool.connect(fixture.actors.alice).open(0n, 1_000n, fixture.actors.alice, 0n);
  return fixture;
}

const WORD = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

/** Any value of a type that errors have, with extremes and small numbers often. */
function valueOf(type: string): fc.Arbitrary<bigint | string> {
  const size = Number(/\d+$/.exec(type)?.[0] ?? 0);
  if (type === "string") return fc.string({ unit: "binary" });
  if (type === "address") return fc.bigInt({ min: 0n, max: 2n ** 160n - 1n }).map((value) => hex(value, 20));
  if (type.startsWith("bytes"))
    return fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * size) - 1n }).map((v) => hex(v, size));
  return fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** BigInt(size) - 1n }),
    fc.constantFrom(0n, 1n, 2n ** BigInt(size) - 1n),
  );
}

function hex(value: bigint, bytes: number): string {
  return `0x${value.toString(16).padStart(2 * bytes, "0")}`;
}

function encode(error: ErrorFragment, values: readonly unknown[]): string {
  return concat([error.selector, AbiCoder.defaultAbiCoder().encode(error.inputs, values)]);
}

/** Revert data of a known error, for tests of where it is found. */
const NOT_MATURE = new Interface(["error PoolNotMature(uint256 positionId, uint256 maturity)"]);
const data = NOT_MATURE.encodeErrorResult("PoolNotMature", [7n, 1_800_000_000n]);
const SENTENCE = "Position 7 matures at 2027-01-15 08:00:00 UTC: wait until then, or leave early and pay the penalty.";

const FAILED_OP = new Interface(["error FailedOpWithRevert(uint256 opIndex, string reason, bytes inner)"]);
const WRAPPED = new Interface(["error WrappedError(address target, bytes4 selector, bytes reason, bytes details)"]);

/** What a contract that called a pool reverts with by ERC-7751. */
function wrapped(inner: string): string {
  return WRAPPED.encodeErrorResult("WrappedError", [POOL, "0x2e1a7d4d", inner, "0x"]);
}

describe("sdk: errors", function () {
  describe("every error of the deployed contracts, of access managers and of tokens", function () {
    it("is known, and decodes to the values that ethers reads", async function () {
      for (const error of await allErrors()) {
        fc.assert(
          fc.property(fc.tuple(...error.inputs.map(({ type }) => valueOf(type))), (values) => {
            const encoded = encode(error, values);
            const decoded = decodeError({ data: encoded });
            expect(decoded?.name).to.equal(error.name);
            const read = AbiCoder.defaultAbiCoder().decode(error.inputs, `0x${encoded.slice(10)}`);
            expect(decoded?.args).to.deep.equal(Object.fromEntries(error.inputs.map(({ name }, i) => [name, read[i]])));
          }),
          { numRuns: 10 },
        );
      }
    });

    it("has one plain sentence, whatever its values", async function () {
      const errors = await allErrors();
      expect(errors.length).to.be.greaterThan(100);
      for (const error of errors) {
        fc.assert(
          fc.property(fc.tuple(...error.inputs.map(({ type }) => valueOf(type))), (values) => {
            const sentence = explainRevert(encode(error, values)) ?? "";
            expect(sentence).to.match(/^[A-Z0-9].*[^.]\.$/s, error.name);
            // A value may be any text: only the sentence's own words are one sentence.
            if (error.name !== "StringTooLong") expect(sentence).not.to.match(/[.!?] |\n/);
            expect(sentence).not.to.match(/undefined|NaN|object|\$\{/);
          }),
          { numRuns: 10 },
        );
      }
    });

    it("is told apart from all others by its sentence", function () {
      const values = { uint: 5n, address: ADDRESS, bytes: `0x${"ab".repeat(32)}` };
      const sentences = Object.entries(ERRORS).map(([selector, { inputs }]) => {
        const samples = inputs.map(([, type]) =>
          type === "address" ? values.address : type === "string" ? "text" : sample(type, values.bytes),
        );
        const types = inputs.map(([, type]) => type);
        return explainRevert(concat([selector, AbiCoder.defaultAbiCoder().encode(types, samples)]));
      });
      // Pools and the distributor refuse a zero alike, and two libraries an address without code.
      expect(new Set(sentences).size).to.equal(sentences.length - 2);
    });
  });

  describe("a sentence", function () {
    it("writes amounts in base units, times in UTC, durations, shares and addresses", function () {
      const say = (signature: string, values: unknown[]) => {
        const abi = new Interface([`error ${signature}`]);
        return explainRevert(abi.encodeErrorResult(signature, values));
      };
      expect(say("PoolBelowMinimum(uint256,uint256)", [1n, 1_000n])).to.equal(
        "The pool takes no less than 1,000 base units at a time, and this would be 1 base unit: put in more.",
      );
      expect(say("PoolNotMature(uint256,uint256)", [7n, 1_800_000_000n])).to.equal(SENTENCE);
      expect(say("PoolNotMature(uint256,uint256)", [7n, 2n ** 256n - 1n])).to.contain("second 1157920892");
      expect(say("PoolDurationOutOfRange(uint256,uint256,uint256)", [90n, 86_400n, 1461n * 86_400n])).to.equal(
        "A duration of 90 seconds is outside the range from 1 day to 1,461 days.",
      );
      expect(say("PenaltyAboveCeiling(uint256,uint256)", [2_525n, 2_500n])).to.equal(
        "A penalty of 25.25 % of principal is above the ceiling of 25 %.",
      );
      expect(say("PoolRateOutOfRange(uint256,uint256)", [ONE + 1n, ONE])).to.contain("100.0000000000000001 %");
      expect(say("PoolNothingOwed(address)", [ADDRESS])).to.equal(`The pool owes nothing to ${ADDRESS}.`);
    });

    it("takes the caller's own way of writing", function () {
      const error = new Interface(["error PoolBelowMinimum(uint256 received, uint256 minimum)"]);
      const encoded = error.encodeErrorResult("PoolBelowMinimum", [5n * ONE, 10n * ONE]);
      const amount = (value: bigint, of: unknown) => `${ethers.formatEther(value)} ${of === "staking" ? "TSK" : "?"}`;
      expect(explainRevert(encoded, { amount })).to.equal(
        "The pool takes no less than 10.0 TSK at a time, and this would be 5.0 TSK: put in more.",
      );
    });
  });

  describe("Solidity's own errors", function () {
    it("tells the reason in words", function () {
      const encoded = new Interface(["error Error(string)"]).encodeErrorResult("Error", [
        "ERC20: insufficient allowance",
      ]);
      expect(decodeRevertData(encoded)).to.deep.equal({
        name: "Error",
        args: { message: "ERC20: insufficient allowance" },
        sentence: "The contract refused: “ERC20: insufficient allowance”.",
      });
    });

    it("tells a panic by its code", function () {
      const encoded = new Interface(["error Panic(uint256)"]).encodeErrorResult("Panic", [0x11n]);
      expect(decodeRevertData(encoded)).to.deep.include({ name: "Panic", args: { code: 0x11n } });
      expect(explainRevert(encoded)).to.equal("The contract stopped because a number leaves its range (panic 0x11).");
    });
  });

  describe("what wallets, nodes and libraries throw", function () {
    const nestings: Record<string, unknown> = {
      "the data itself": data,
      "the data in capitals": `0x${data.slice(2).toUpperCase()}`,
      "the data as bytes": getBytes(data),
      "a node's answer": { code: 3, message: "execution reverted", data },
      "ethers: CALL_EXCEPTION": {
        code: "CALL_EXCEPTION",
        data,
        reason: null,
        transaction: { to: POOL, data: "0x2e1a7d4d" },
      },
      "ethers: a wallet's answer": {
        code: "UNKNOWN_ERROR",
        error: { code: -32603, data: { originalError: { data } } },
      },
      "ethers: info": {
        code: "CALL_EXCEPTION",
        data: null,
        info: { error: { code: 3, data }, payload: { method: "eth_call" } },
      },
      "ethers 5: a body of JSON": { error: { body: JSON.stringify({ error: { code: 3, data } }) } },
      "MetaMask: an error of an error": { code: -32603, message: "Internal JSON-RPC error.", data: { code: 3, data } },
      "MetaMask: data.cause": { code: -32603, data: { cause: { isAxiosError: false, data } } },
      "MetaMask: originalError": {
        code: -32603,
        data: { originalError: { code: 3, data, message: "execution reverted" } },
      },
      "MetaMask: JSON within the message": { message: `Internal JSON-RPC error.\n{"code":3,"data":"${data}"}` },
      "WalletConnect: data within the message": { message: `execution reverted: ${data}` },
      "OpenEthereum: Reverted": { code: -32015, message: "VM execution error.", data: `Reverted ${data}` },
      "Ganache: by transaction": { data: { [`0x${"12".repeat(32)}`]: { error: "revert", return: data }, stack: "" } },
      "a cause": new Error("failed", { cause: new Error("again", { cause: { data } }) }),
      "several errors": new AggregateError([new Error("one"), Object.assign(new Error("two"), { data })]),
      "a rejected event": { reason: { error: { data } } },
      "Hardhat: only a message": {
        message: "VM Exception while processing transaction: reverted with custom error 'PoolNotMature(7, 1800000000)'",
      },
      "anvil: a message with a selector": {
        message: `execution reverted: custom error ${data.slice(0, 10)}: ${data.slice(10)}`,
      },
      "anvil: a message with a selector, in which somebody went on": {
        message: `server returned an error response: error code 3: execution reverted: custom error ${data.slice(0, 10)}: ${data.slice(10)}, data: none`,
      },
      "ERC-4337: FailedOpWithRevert": {
        data: FAILED_OP.encodeErrorResult("FailedOpWithRevert", [0n, "AA23 reverted", data]),
      },
      "ERC-7751: WrappedError": { data: wrapped(data) },
      "ERC-7751 in itself and in ERC-4337": {
        data: FAILED_OP.encodeErrorResult("FailedOpWithRevert", [1n, "", wrapped(wrapped(data))]),
      },
      "anvil: only a message": { message: "execution reverted: custom error PoolNotMature(7, 1800000000 [1.8e9])" },
    };
    for (const [name, error] of Object.entries(nestings)) {
      it(`reads ${name}`, function () {
        expect(decodeError(error)).to.deep.equal({
          name: "PoolNotMature",
          args: { positionId: 7n, maturity: 1_800_000_000n },
          sentence: SENTENCE,
        });
      });
    }

    it("reads any nesting of these", function () {
      const wrap = fc.constantFrom<(inner: unknown) => unknown>(
        (inner) => ({ data: inner }),
        (inner) => ({ error: inner, code: -32603 }),
        (inner) => ({ info: { error: inner } }),
        (inner) => new Error("outer", { cause: inner }),
        (inner) => ({ data: { originalError: inner } }),
        (inner) => [undefined, 5, inner],
        (inner) => ({ message: `Internal JSON-RPC error. ${JSON.stringify(inner)}` }),
        (inner) => ({ data: "0x", transaction: { data: "0x2e1a7d4d" }, error: inner }),
      );
      fc.assert(
        fc.property(fc.array(wrap, { maxLength: 8 }), (wraps) => {
          // JSON leaves a native error's cause out, as a wallet that writes errors to JSON does.
          const nested = wraps.reduceRight<unknown>((inner, apply) => apply(toPlain(inner)), { data });
          expect(explainRevert(nested)).to.equal(SENTENCE);
        }),
      );
    });

    it("reads what anvil writes as a text, since its bytes happen to be one", function () {
      const error = new Interface(["error ERC20InvalidReceiver(address receiver)"]);
      const encoded = error.encodeErrorResult("ERC20InvalidReceiver", [`0x${"41".repeat(20)}`]);
      for (const after of ["", " (action=...)"]) {
        const text = `${"\0".repeat(12)}${"A".repeat(20)}${after}`;
        const message = `execution reverted: custom error ${encoded.slice(0, 10)}: ${text}`;
        expect(decodeError({ message })).to.deep.equal(decodeRevertData(encoded));
      }
    });

    it("makes nothing of a wrapping error that carries nothing, or less than it says", function () {
      const nothing = wrapped("0x");
      for (const candidate of [
        nothing,
        nothing.slice(0, 100),
        FAILED_OP.encodeErrorResult("FailedOpWithRevert", [0n, "AA21", "0x"]),
      ])
        expect(decodeError({ data: candidate })).to.equal(undefined);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: wrapped(data).length }), (length) => {
          const [cut, whole] = [wrapped(data).slice(0, length), wrapped(data)];
          if (cut !== whole) expect(explainRevert({ data: cut })).to.be.oneOf([undefined, SENTENCE]);
        }),
      );
    });

    const refusals: [what: string, sentence: RegExp, errors: unknown[]][] = [
      [
        "that the person declined",
        /^It was declined in the wallet/,
        [
          { code: 4001, message: "" },
          { code: "ACTION_REJECTED", info: {} },
          { code: -32603, data: { originalError: { code: 4001 } } },
          { code: 5000, message: "User rejected." },
          new Error("MetaMask Tx Signature: User denied transaction signature."),
          new Error("Ledger device: Condition of use not satisfied (denied by the user?) (0x6985)"),
        ],
      ],
      [
        "that the balance is too small",
        /^The account does not hold enough/,
        [
          { code: -32000, message: "insufficient funds for gas * price + value: balance 0, tx cost 1" },
          { code: "INSUFFICIENT_FUNDS" },
          new Error("Sender doesn't have enough funds to send tx."),
        ],
      ],
      [
        "that the network is another one",
        /^The wallet is on another network/,
        [
          { code: 4902, message: "Unrecognized chain ID" },
          { code: -32603, data: { originalError: { code: 4902 } } },
          new Error(
            "The current chain of the wallet (id: 1) does not match the target chain for the transaction (id: 10)",
          ),
        ],
      ],
      [
        "that nothing answers",
        /^Nothing answers at this address/,
        [
          new Error('The contract function "earned" returned no data ("0x").'),
          { code: "BAD_DATA", message: 'could not decode result data (value="0x", info={ "method": "earned" })' },
        ],
      ],
    ];
    for (const [what, sentence, errors] of refusals) {
      it(`tells ${what}, apart from what a contract refuses`, function () {
        for (const error of errors) {
          expect(explainFailure(error)).to.match(sentence);
          expect(decodeError(error)).to.equal(undefined);
        }
        expect(explainFailure({ code: 4001, data })).to.equal(SENTENCE);
        expect(explainFailure({ code: 3, message: "execution reverted" })).to.equal(undefined);
      });
    }

    it("survives cycles and getters that throw", function () {
      const cycle: Record<string, unknown> = {
        get data() {
          throw new Error("no");
        },
      };
      cycle["error"] = cycle;
      expect(decodeError(cycle)).to.equal(undefined);
      cycle["info"] = { data };
      expect(explainRevert(cycle)).to.equal(SENTENCE);
    });

    it("quotes a reason in words", function () {
      for (const message of [
        "execution reverted: Pausable: paused",
        "VM Exception while processing transaction: reverted with reason string 'Pausable: paused'",
        "VM Exception while processing transaction: revert Pausable: paused",
      ]) {
        expect(explainRevert({ error: { message } })).to.equal("The contract refused: “Pausable: paused”.");
      }
    });

    it("makes nothing of what is no revert", function () {
      const call = new Interface(["function withdraw(uint256)"]).encodeFunctionData("withdraw", [5n]);
      for (const error of [
        undefined,
        null,
        5,
        "",
        "0x",
        new Error("user rejected action"),
        { code: 4001, message: "User denied transaction signature." },
        { code: "CALL_EXCEPTION", data: "0x", transaction: { data } },
        { message: `Request: eth_call ${call}` },
        { data: data.slice(0, -2) },
        { data: `${data}00` },
        { data: `0xdeadbeef${data.slice(10)}` },
      ]) {
        expect(decodeError(error)).to.equal(undefined);
      }
    });

    it("makes nothing of data whose values are out of their types' ranges", function () {
      const { selector } = new Interface(["error PoolNothingOwed(address)"]).getError("PoolNothingOwed") ?? {};
      fc.assert(
        fc.property(WORD, (word) => {
          const decoded = decodeRevertData(`${selector ?? ""}${word.toString(16).padStart(64, "0")}`);
          expect(decoded === undefined).to.equal(word >= 2n ** 160n);
        }),
      );
    });
  });

  describe("given a real revert", function () {
    it("reads what ethers throws for a call, an estimate and a sent transaction", async function () {
      const { pool, actors } = await networkHelpers.loadFixture(flexiblePool);
      const sentence =
        "The pool takes no less than 10 base units at a time, and this would be 5 base units: put in more.";
      const staker = pool.connect(actors.alice);
      for (const attempt of [
        () => staker.stake.staticCall(5n),
        () => staker.stake.estimateGas(5n),
        () => staker.stake(5n),
        () => staker.stake(5n, { gasLimit: 300_000n }),
      ]) {
        expect(await sentenceOf(attempt)).to.equal(sentence);
      }
    });

    it("reads what viem throws", async function () {
      const { pool, actors } = await networkHelpers.loadFixture(positionOfAlice);
      const client = createPublicClient({ transport: custom(connection.provider) });
      const alice = getAddress(actors.alice.address);
      // The ABI knows nothing of the error: viem has only its data.
      const abi = parseAbi(["function withdraw(uint256 positionId, address receiver) returns (uint256, uint256)"]);
      const call = { account: alice, address: getAddress(await pool.getAddress()), abi, args: [1n, alice] } as const;
      const sentence = await sentenceOf(() => client.simulateContract({ ...call, functionName: "withdraw" }));
      expect(sentence).to.match(/^Position 1 matures at 20\d\d-.* UTC: wait until then/);
      const estimate = await sentenceOf(() => client.estimateContractGas({ ...call, functionName: "withdraw" }));
      expect(estimate).to.equal(sentence);
    });

    it("reads a token's own refusal through a pool", async function () {
      const { pool, actors, stakingToken } = await networkHelpers.loadFixture(flexiblePool);
      await stakingToken.connect(actors.alice).approve(pool, 3n);
      expect(await sentenceOf(() => pool.connect(actors.alice).stake(5n))).to.equal(
        `${await pool.getAddress()} is approved to take 3 base units of the token, and this needs 5 base units: approve that much first.`,
      );
    });
  });
});

function sample(type: string, bytes: string): bigint | string {
  const size = Number(/\d+$/.exec(type)?.[0]);
  return type.startsWith("bytes") ? bytes.slice(0, 2 + 2 * size) : 5n;
}

/** An error as something that can be written to JSON. */
function toPlain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return { message: error.message, cause: toPlain(error.cause) };
}

async function sentenceOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
  } catch (error) {
    return explainRevert(error);
  }
  throw new Error("Nothing was thrown");
}
