import * as abis from "@termstake/sdk/abi";
import { decodeError } from "@termstake/sdk/errors";
import { FlexiblePool__factory } from "@termstake/sdk/ethers";
import { expect } from "chai";
import { makeError } from "ethers";

import { explain, hasCode, isUnsupported, LessArrives, RecordedFailure } from "../../app/src/chain/explain.ts";
import { de } from "../../app/src/i18n/de.ts";
import { fillIn, writingFor } from "../../app/src/shared/writing.ts";
import { flexiblePool, ONE, USDX } from "./samples.ts";

const WRITING = writingFor(flexiblePool({ rewardsToken: USDX }), "en");
const BELOW_MINIMUM = FlexiblePool__factory.createInterface().encodeErrorResult("PoolBelowMinimum", [ONE / 2n, ONE]);

describe("app: what went wrong", () => {
  const explained = (error: unknown) => explain(error, decodeError, WRITING);

  it("is that the person declined, however deep the wallet says so", () => {
    expect(explained({ code: 4001, message: "User rejected" })).to.deep.equal({ kind: "rejected" });
    expect(explained({ message: "?", info: { error: { code: 4001 } } })).to.deep.equal({ kind: "rejected" });
    expect(
      explained(makeError("no", "ACTION_REJECTED", { action: "sendTransaction", reason: "rejected" })).kind,
    ).to.equal("rejected");
  });

  for (const [name, error] of [
    [
      "4001 within -32603",
      { code: -32_603, message: "Internal JSON-RPC error.", data: { originalError: { code: 4001 } } },
    ],
    ["5000 of WalletConnect", { code: 5000, message: "User rejected." }],
    ["5002 of WalletConnect", { code: 5002, message: "User rejected methods." }],
    ["0x6985 of a Ledger, as its status", { name: "TransportStatusError", statusCode: 0x6985, message: "?" }],
    ["0x6985 of a Ledger, in words", { code: -32_603, message: "Ledger device: UNKNOWN_ERROR (0x6985)" }],
    ["4001 as a text", { code: "4001", message: "no" }],
  ] as const)
    it(`is that the person declined: ${name}`, () => {
      expect(explained(error)).to.deep.equal({ kind: "rejected" });
    });

  it("is that a token keeps a part, and what the rest earns", () => {
    expect(explained(new LessArrives(7n))).to.deep.equal({ kind: "feeOnTransfer", reward: 7n });
  });

  it("is a chain that the wallet does not know, also within another error", () => {
    const wrapped = { code: -32_603, message: "?", data: { originalError: { code: 4902, message: "Unrecognized" } } };
    expect(hasCode(wrapped, 4902)).to.equal(true);
    expect(hasCode({ code: -32_603 }, 4902)).to.equal(false);
  });

  it("is what the contract refuses, in the pool's own amounts", () => {
    const problem = explained({ code: -32603, data: { data: BELOW_MINIMUM } });
    expect(problem).to.include({ kind: "revert", name: "PoolBelowMinimum", recorded: false });
    expect(problem).to.have.property(
      "sentence",
      "The pool takes no less than 1 TSK at a time, and this would be 0.5 TSK: put in more.",
    );
  });

  it("tells what was recorded from what was only tried", () => {
    const recorded = (cause: unknown) => explained(new RecordedFailure("refused", { cause }));
    expect(recorded({ data: BELOW_MINIMUM })).to.include({ kind: "revert", recorded: true });
    expect(recorded(undefined)).to.deep.equal({ kind: "failed" });
  });

  it("is an error that nobody here knows, where a contract raised one", () => {
    const unknown = makeError("execution reverted", "CALL_EXCEPTION", {
      action: "call",
      data: "0x12345678",
      reason: null,
      transaction: { to: null, data: "0x" },
      invocation: null,
      revert: null,
    });
    expect(explained(unknown)).to.deep.equal({ kind: "unknownRevert" });
  });

  for (const message of [
    "insufficient funds for gas * price + value: balance 0, tx cost 21000",
    "Sender doesn't have enough funds to send tx. The max upfront cost is: 1 and the sender's balance is: 0.",
    "gas required exceeds allowance (0)",
  ])
    it(`is want of the network's currency: "${message}"`, () => {
      expect(explained({ code: -32603, error: { code: -32000, message } })).to.deep.equal({ kind: "noGasMoney" });
    });

  it("is said in the innermost words where nothing is known of it", () => {
    const error = makeError("could not coalesce error", "UNKNOWN_ERROR", {
      error: { code: -32000, message: "nonce too low" },
    });
    expect(explained(error)).to.deep.equal({ kind: "other", detail: "nonce too low" });
    expect(explained("plain")).to.deep.equal({ kind: "other", detail: "plain" });
  });

  it("is that a wallet lacks a method, by each standard's code", () => {
    for (const code of [4200, -32601, -32004]) expect(isUnsupported({ error: { code } })).to.equal(true);
    for (const code of [4001, -32603]) expect(isUnsupported({ error: { code } })).to.equal(false);
  });
});

describe("app: German", () => {
  it("puts no length of time behind a word that asks for the dative: `von 180 Tage`", () => {
    const texts = (part: unknown): string[] =>
      typeof part === "string" ? [part] : Object.values(part as Record<string, unknown>).flatMap(texts);
    const all = texts(de);
    expect(all.some((text) => text.includes("{{term}}"))).to.equal(true);
    const dative =
      /\b(von|nach|seit|mit|bei|zu|aus|in|vor) (jeweils |einer |der )?\{\{(term|duration|period|window)\}\}/;
    expect(all.filter((text) => dative.test(text))).to.deep.equal([]);
  });
});

describe("app: refusals in German", () => {
  const errors = Object.values(abis)
    .flat()
    .filter((entry) => entry.type === "error");
  const inputs = new Map<string, string[]>(
    errors.map(({ name, inputs: list }) => [name, list.map((input) => input.name)]),
  );

  for (const [name, text] of Object.entries(de.revert))
    it(`${name} names nothing but values of that error`, () => {
      const values = Object.fromEntries((inputs.get(name) ?? []).map((input) => [input, 1_500_000n * ONE]));
      expect(inputs.has(name)).to.equal(true);
      expect(fillIn(text, values, writingFor(flexiblePool(), "de"))).not.to.match(/[{}]|undefined/);
    });

  it("write a moment that no date can tell as its number", () => {
    expect(WRITING.time(2n ** 64n)).to.equal("18,446,744,073,709,551,616");
  });

  it("write amounts of either token, and moments, as Germans do", () => {
    const writing = writingFor(flexiblePool({ rewardsToken: USDX }), "de");
    const text = "{{a, staking}} und {{b, rewards}} am {{c, time}}";
    expect(fillIn(text, { a: 1_500n * ONE, b: 2_500_001n, c: 86_400n }, writing)).to.match(
      /^1\.500 TSK und 2,500001 USDX am 0[12]\.01\.1970/,
    );
  });
});
