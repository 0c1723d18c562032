// What commands refuse, in sentences that name value and limit; nothing is sent by any of it.
import { mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";

import { ONE } from "@termstake/sdk/units";
import { expect } from "chai";
import { id as hashOf, parseEther } from "ethers";
import { z } from "zod";

import { lookUp } from "../../deploy/config/protocol-config.ts";
import { tasks } from "../../tasks/index.ts";
import { answer, expectRefusal, taskStage, type TaskStage } from "../helpers/tasks.ts";

type Actor = keyof TaskStage["accounts"];
type Case = readonly [name: string, args: Readonly<Record<string, unknown>>, sentence: string | RegExp, by?: Actor];

const UNKNOWN_OPERATION = hashOf("nothing");
const SCHEDULE = {
  token: "TSK",
  budget: "1000",
  start: "2100-01-01T00:00:00Z",
  weights: "Flexible=70,Fixed=30",
} as const;
const TERM = {
  pool: "Fixed",
  duration: "200 days",
  rate: "12 %",
  minimum: "1",
  penaltyStart: "7 %",
  penaltyEnd: "2 %",
  forfeited: "80 %",
} as const;
const STRANGER = "0x00000000000000000000000000000000000000A1";
const LIST = "deploy/examples/compensation.csv";

/** On the deployment as it is, with nobody in it. */
const AT_FIRST: readonly Case[] = [
  ["pools", { factory: "0x00000000000000000000000000000000000000A1" }, "There is no contract at 0x"],
  ["pools", { factory: "0x12" }, '--factory "0x12" is no address'],
  ["pool", { pool: "0x12" }, 'The pool "0x12" is no address, or its checksum is wrong'],
  ["pool", { pool: "Nowhere" }, '"Nowhere" is neither a pool\'s address nor its name'],
  ["positions", { account: "me" }, 'The account "me" is no address'],
  ["operations", { fromBlock: "1000000" }, /--from-block is 1000000; the latest block is \d+/],
  ["operations", { fromBlock: "first" }, '--from-block "first" is no whole number'],
  ["verify:deployment", { protocolConfig: "nowhere.json5" }, /There is no protocol config .*nowhere\.json5/],
  ["watch", { json: true, runway: "soon" }, '--runway: "soon" is no duration such as "30 days"'],
  ["keeper", { maxGasPrice: "a lot" }, '--max-gas-price "a lot" is no number of gwei such as "1.5"'],
  ["keeper", { pools: "Flexible" }, "Flexible is a flexible pool"],

  ["stake", { pool: "Flexible", amount: "0.5" }, "takes no less than 1 TSK at a time, and this would be 0.5 TSK"],
  ["stake", { pool: "Flexible", amount: "200000" }, "has 100000 TSK, less than 200000 TSK"],
  ["stake", { pool: "Flexible", amount: "1e3" }, 'The amount: "1e3" is no amount'],
  ["stake", { pool: "Flexible", amount: "0" }, "The amount is 0"],
  ["stake", { pool: "Flexible", amount: "0.0000000000000000001" }, "has 19 decimal places; the token has 18"],
  ["stake", { pool: "Nowhere", amount: "1" }, '"Nowhere" is neither'],
  ["stake", { pool: "Fixed", amount: "1" }, "Fixed is a fixed-term pool"],
  ["stake", { pool: "Flexible", amount: "1", confirmations: 0 }, "--confirmations is 0; the least is 1"],
  ["unstake", { pool: "Flexible", amount: "all" }, "has nothing staked"],
  ["claim", { pool: "Flexible" }, "There is nothing for"],
  ["open", { pool: "Fixed", term: "9", amount: "100" }, "no term 9: the last is 3"],
  ["open", { pool: "Fixed", term: "0", amount: "9" }, "takes no less than 10 TSK at a time, and this would be 9 TSK"],
  ["open", { pool: "Flexible", term: "0", amount: "9" }, "it has neither terms nor positions"],
  ["exit", { pool: "Fixed", position: "7" }, "no position 7: the last is 0"],
  ["exit", { pool: "Fixed" }, "Say which position of Fixed to leave"],
  ["exit", { pool: "Flexible", amount: "1" }, "Flexible is a flexible pool, which is left as a whole"],
  ["renew", { pool: "Fixed", position: "1" }, "Fixed has no position 1: the last is 0"],
  ["renew", { pool: "Fixed", position: "one" }, 'The position "one" is no whole number'],
  ["renew", { pool: "Fixed", position: "1", auto: true, cancel: true }, "give one of them"],
  ["renew", { pool: "Fixed", position: "1", window: "1 day" }, "--window is for --auto"],
  ["renew", { pool: "Fixed", position: "1", repeats: true }, "--repeats is for --auto"],
  ["renew", { pool: "Fixed", position: "1", auto: true, window: "soon" }, '--window: "soon" is no duration'],
  ["renew", { pool: "Fixed", position: "1", auto: true, window: "31 days" }, "it must be between 1 hour and 30 days"],
  ["renew", { pool: "Fixed", position: "1", auto: true, window: "59 minutes" }, "--window is 59 minutes"],

  ["fund", { target: "0", amount: "1000" }, "is above the 0 TSK that schedule 0 can still use"],
  ["fund", { target: "7", amount: "1000" }, "There is no schedule 7: the last is 0"],
  ["fund", { target: "Flexible", amount: "1000" }, "is no funder of Flexible"],
  ["distribute", {}, "Nothing is due"],
  ["distribute", { schedule: "7" }, "There is no schedule 7: the last is 0"],

  ["pool:create", { name: "Nothing" }, /The protocol config has no pool "Nothing"; it has Flexible, Fixed/],
  ["pool:create", { name: "Dollars", protocolConfig: "nowhere.json5" }, /There is no protocol config .*nowhere\.json5/],
  ["pool:adopt", { pool: "Fixed" }, "The functions of Fixed belong to the roles already", "ADMIN"],
  ["pool:list", { pool: "Fixed" }, "Fixed is listed already", "OPERATOR"],
  ["pool:list", { pool: "Fixed", unlist: true }, "it takes the role operator"],
  ["term:close", { pool: "Fixed", term: "0" }, "it takes the role operator"],
  ["term:add", { pool: "Fixed" }, '--duration is missing: the time to maturity, such as "90 days"', "OPERATOR"],
  ["term:add", { ...TERM, rate: "101 %" }, "101 % is above the limit of 100 %", "OPERATOR"],
  ["term:add", { ...TERM, penaltyStart: "30 %" }, "30 % is above the limit of 25 %", "OPERATOR"],
  ["term:add", { ...TERM, rate: "11 %" }, "11 % is not above the 11 % of the shorter terms", "OPERATOR"],
  ["term:add", TERM, "it takes the role operator"],

  ["schedule:create", {}, "--token is missing: which token it pays", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, token: "EUR" }, 'No token "EUR" was deployed here', "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, start: "soon" }, '--start: "soon" is no moment such as', "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, start: "2031-02-29T00:00:00Z" }, "no calendar has this day", "OPERATOR"],
  [
    "schedule:create",
    { ...SCHEDULE, start: "2031-02-28T24:00:00Z" },
    "no calendar has this day or this hour",
    "OPERATOR",
  ],
  ["schedule:create", { ...SCHEDULE, start: "2001-01-01T00:00:00Z" }, /--start 2001-.* has to lie after/, "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, start: "2105-12-01T00:00:00Z" }, "after 2106-02-07T06:28:15", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, epoch: "2 days" }, "2 days is none of 1 day, 7 days, 30 days", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, epochs: 10_001 }, "10001 is above the limit of 10000", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, epochs: 0 }, "0 is below the least of 1", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, budget: "0" }, "--budget is 0; the least is", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, fee: "35.01 %" }, "35.01 % is above the limit of 35 %", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, weights: "Flexible" }, '--weights "Flexible" is no weight', "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, weights: "Fixed=4294967296" }, "above the limit of 4294967295", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, weights: "Fixed=1,Fixed=2" }, "--weights names Fixed twice", "OPERATOR"],
  ["schedule:create", { ...SCHEDULE, weights: "FixedForDollars=1" }, "the pool pays", "OPERATOR"],
  ["schedule:create", SCHEDULE, "it takes the role operator"],

  ["pause", { pool: "Fixed" }, "it takes the role guardian"],
  ["pause", { pool: "Fixed", term: "9" }, "Fixed has no term 9: the last is 3", "GUARDIAN"],
  ["unpause", { pool: "Fixed" }, "Fixed is not paused", "OPERATOR"],
  ["unpause", { pool: "Fixed", term: "2" }, "Term 2 of Fixed is not paused", "OPERATOR"],
  ["unpause", { pool: "Flexible", term: "2" }, "it has neither terms nor positions", "OPERATOR"],
  ["penalty-split", { pool: "Flexible" }, "it has neither terms nor positions"],
  ["penalty-split", { pool: "Fixed", treasury: "0x0000000000000000000000000000000000000000" }, "is the zero address"],
  ["penalty-split", { pool: "Fixed", insurance: "0xGG" }, '--insurance "0xGG" is no address', "OPERATOR"],

  ["operator:remove", { account: "0x12" }, 'The account "0x12" is no address', "GUARDIAN"],
  ["operator:remove", { account: STRANGER }, `${STRANGER} is no operator`, "GUARDIAN"],
  ["operator:add", { account: STRANGER, delay: "1 second" }, "--delay is 1 second; the least is 1 day", "ADMIN"],
  ["operator:add", { account: STRANGER }, "it takes the role admin", "GUARDIAN"],
  ["recipients", { treasury: "0xGG" }, '--treasury "0xGG" is no address', "OPERATOR"],
  ["recipients", { treasury: STRANGER, tokens: "EUR" }, 'No token "EUR" was deployed here', "OPERATOR"],
  ["recipients", { treasury: STRANGER }, "it takes the role operator", "GUARDIAN"],
  ["round:cancel", { round: "0" }, "There is no round 0: there are none", "GUARDIAN"],
  ["round:cancel", { round: "first" }, 'The round "first" is no whole number', "GUARDIAN"],

  ["execute", { operation: "0x12" }, '"0x12" is no operation\'s id'],
  ["execute", { operation: UNKNOWN_OPERATION }, `No operation ${UNKNOWN_OPERATION} is pending`],
  ["cancel", { operation: "0x12" }, '"0x12" is no operation\'s id, which has 0x and 64 digits', "ADMIN"],
  ["cancel", { operation: UNKNOWN_OPERATION }, `No operation ${UNKNOWN_OPERATION} is pending`, "ADMIN"],

  ["compensate", { list: LIST }, "--token is missing: which token is paid"],
  ["compensate", { list: LIST, token: "TSK", delay: "1 day" }, /it must be between \d+ days and 90 days/],
  ["compensate", { list: LIST, token: "TSK", window: "1462 days" }, "it must be between 30 days and 1461 days"],
  ["compensate", { list: LIST, token: "TSK" }, "is above the 0 TSK that the fund has unreserved"],
  ["compensate", { list: "nowhere.csv", token: "TSK" }, "There is no file nowhere.csv"],
];

const scheduled = z.object({ scheduled: z.array(z.object({ id: z.string() })).min(1) });

async function refuseAll({ run, accounts, connection }: TaskStage, cases: readonly Case[]): Promise<void> {
  const { provider } = connection.ethers;
  const block = await provider.getBlockNumber();
  for (const [name, args, sentence, by = "STAKER"] of cases) {
    const reads = ["pools", "pool", "positions", "operations", "verify:deployment", "watch"].includes(name);
    const ran = await run(name, reads ? args : { from: accounts[by], ...args });
    expectRefusal({ ...ran, stdout: `${name} ${JSON.stringify(args)}: ${ran.stdout}` }, sentence);
  }
  expect(await provider.getBlockNumber()).to.equal(block);
}

describe("refusals", () => {
  let stage: TaskStage;
  let takeBack: () => Promise<void>;

  before(async () => {
    stage = await taskStage();
  });
  beforeEach(async () => {
    const snapshot = await stage.connection.networkHelpers.takeSnapshot();
    takeBack = async () => snapshot.restore();
  });
  afterEach(async () => takeBack());

  it("name value and limit, and nothing is sent", async () => {
    await refuseAll(stage, AT_FIRST);
  });

  it("are tested for every command", () => {
    const refused = new Set([...AT_FIRST.map(([name]) => name)]);
    expect(tasks.map(({ id }) => id.join(":")).filter((name) => !refused.has(name))).to.deep.equal([]);
  });

  it("are told to programs as data", async () => {
    const { run, accounts } = stage;
    const ran = await run("stake", { pool: "Flexible", amount: "0.5", from: accounts.STAKER, json: true });
    const sentence = "Flexible: The pool takes no less than 1 TSK at a time, and this would be 0.5 TSK: put in more.";
    const args = { received: String(ONE / 2n), minimum: String(ONE) };
    expect(JSON.parse(ran.stdout)).to.deep.equal({ error: { name: "PoolBelowMinimum", args, sentence } });
    const pool = await lookUp(stage.protocol.fixedTermPools, "Fixed").getAddress();
    const contracts = await run("open", { pool, term: "0", amount: "50", to: pool, from: accounts.STAKER, json: true });
    const { error } = z
      .object({ error: z.object({ name: z.string(), args: z.unknown(), sentence: z.string() }) })
      .parse(JSON.parse(contracts.stdout));
    expect([error.name, error.args]).to.deep.equal(["PoolInvalidReceiver", { receiver: pool }]);
    expect(error.sentence).to.include(pool);
  });

  it("of the contracts are decoded, before the approval that a transaction needs is sent", async () => {
    const { protocol } = stage;
    const [fixed, flexible] = [lookUp(protocol.fixedTermPools, "Fixed"), lookUp(protocol.flexiblePools, "Flexible")];
    const [toFixed, toFlexible] = [await fixed.getAddress(), await flexible.getAddress()];
    const useless = "could never use what it is sent";
    await refuseAll(stage, [
      ["open", { pool: "Fixed", term: "0", amount: "50", to: toFixed }, `${toFixed} ${useless}`],
      ["stake", { pool: "Flexible", amount: "50", for: toFlexible }, `${toFlexible} ${useless}`],
      ["penalty-split", { pool: "Fixed", treasury: toFixed }, `${toFixed} ${useless}`, "OPERATOR"],
    ]);
  });

  it("of positions say whose they are, when they mature, and what a term pays", async () => {
    const { run, accounts, protocol, connection } = stage;
    const by = { pool: "Fixed", from: accounts.STAKER };
    for (const term of ["0", "0", "1"]) answer(await run("open", { ...by, term, amount: "100" }));
    const fixed = lookUp(protocol.fixedTermPools, "Fixed");
    const { maturity } = await fixed.position(1n);
    const date = new Date(Number(maturity) * 1_000).toISOString().slice(0, 10);
    answer(await run("exit", { ...by, position: "2", yes: true }));
    await refuseAll(stage, [
      ["renew", { pool: "Fixed", position: "1" }, `Position 1 matures at ${date}`],
      [
        "renew",
        { pool: "Fixed", position: "1" },
        `${accounts.OTHER} neither owns position 1 nor is approved for it`,
        "OTHER",
      ],
      ["renew", { pool: "Fixed", position: "2" }, "Position 2 of Fixed is closed"],
      ["renew", { pool: "Fixed", position: "1", cancel: true }, "Position 1 of Fixed has no auto-renew"],
      ["renew", { pool: "Fixed", position: "1", term: "9", auto: true }, "no term 9: the last is 3"],
      [
        "exit",
        { pool: "Fixed", position: "1", amount: "101", yes: true },
        "holds 100 TSK, and 101 TSK cannot leave it",
      ],
      ["exit", { pool: "Fixed", position: "1", yes: true }, "neither owns position 1 nor is approved for it", "OTHER"],
      ["exit", { pool: "Fixed", position: "1" }, "Pass --yes to agree beforehand"],
    ]);
    answer(await run("renew", { ...by, position: "3", auto: true }));
    await connection.networkHelpers.time.increase(90n * 86_400n);
    answer(await run("pause", { pool: "Fixed", term: "0", from: accounts.GUARDIAN }));
    await refuseAll(stage, [
      ["renew", { pool: "Fixed", position: "1" }, "Term 0 is paused"],
      [
        "renew",
        { pool: "Fixed", position: "3", term: "2" },
        "neither owns position 3 nor is approved for it, and its auto-renew does not allow this",
        "OTHER",
      ],
    ]);
    await connection.networkHelpers.time.increase(8n * 86_400n);
    await refuseAll(stage, [["renew", { pool: "Fixed", position: "3" }, "Auto-renew of position 3 ended at", "OTHER"]]);
  });

  it("of governance say who may, from when on and until when", async () => {
    const { run, accounts, connection } = stage;
    const { time } = connection.networkHelpers;
    const from = accounts.OPERATOR;
    answer(await run("pause", { pool: "Fixed", from: accounts.GUARDIAN }));
    const { insurance, treasury } = await lookUp(stage.protocol.fixedTermPools, "Fixed").recipients();
    const close = { pool: "Fixed", term: "0" };
    const [{ id: operation } = { id: "" }] = scheduled.parse(
      answer(await run("term:close", { ...close, from })),
    ).scheduled;
    const waits = `Operation ${operation} may run from`;
    await refuseAll(stage, [
      ["pause", { pool: "Fixed" }, "Fixed is paused already", "GUARDIAN"],
      ["unpause", { pool: "Fixed" }, "may not do this at Fixed: it takes the role operator", "GUARDIAN"],
      ["open", { pool: "Fixed", term: "1", amount: "100" }, "Fixed: The pool is paused"],
      [
        "penalty-split",
        { pool: "Fixed", insurance, treasury },
        "These are the recipients of Fixed already",
        "OPERATOR",
      ],
      ["penalty-split", { pool: "Fixed", treasury: accounts.OTHER }, "it takes the role operator", "GUARDIAN"],
      ["term:close", close, `This is scheduled already, as operation ${operation}`, "OPERATOR"],
      ["execute", { operation }, waits, "OPERATOR"],
      [
        "cancel",
        { operation },
        `can be cancelled by ${from}, who scheduled it, by the guardian and by the admin, not by`,
      ],
    ]);
    await time.increase(86_400n);
    await refuseAll(stage, [["execute", { operation }, `was scheduled by ${from}, who alone can execute it`, "ADMIN"]]);
    await time.increase(7n * 86_400n);
    await refuseAll(stage, [["execute", { operation }, `Operation ${operation} expired on`, "OPERATOR"]]);
    answer(await run("cancel", { operation, from }));
    await refuseAll(stage, [
      ["cancel", { operation }, `No operation ${operation} is pending`, "OPERATOR"],
      ["execute", { operation }, `No operation ${operation} is pending`, "OPERATOR"],
    ]);
  });

  it("of lists of compensations name the line", async () => {
    const folder = await mkdtemp(path.join(stage.directory, "lists-"));
    const [good, list] = [stage.accounts.OTHER, path.join(folder, "list.csv")];
    for (const [text, sentence] of [
      ["account,amount\n", "names nobody"],
      [`account,amount\n${good},1\n${good},1,2\n`, "line 3: "],
      [`${good},-1\n`, 'line 1: the amount: "-1" is no amount'],
      ["0x12,1\n", 'line 1: the account "0x12" is no address'],
    ] as const) {
      await writeFile(list, text);
      await refuseAll(stage, [["compensate", { list, token: "TSK" }, sentence, "OPERATOR"]]);
    }
  });

  it("of one pool keep no payment from the others", async () => {
    const { run, protocol, connection, accounts } = stage;
    await connection.networkHelpers.time.increase(8n * 86_400n);
    const flexible = lookUp(protocol.flexiblePools, "Flexible");
    const code = await connection.ethers.provider.getCode(flexible);
    await connection.ethers.provider.send("hardhat_setCode", [await flexible.getAddress(), "0xfe"]);
    const ran = await run("distribute", { from: accounts.STAKER });
    answer(ran);
    expect(ran.stderr).to.match(/Left out, since it would be refused now: Pay .* to Flexible/);
    expect(await protocol.distributor.pending(0n, lookUp(protocol.fixedTermPools, "Fixed"))).to.equal(0n);
    expect(await protocol.distributor.pending(0n, flexible)).to.be.greaterThan(0n);
    expectRefusal(await run("distribute", { from: accounts.STAKER }), /Pay .* of schedule 0 to Flexible: /);
    await connection.ethers.provider.send("hardhat_setCode", [await flexible.getAddress(), code]);
    answer(await run("distribute", { from: accounts.STAKER }));
    expect(await protocol.distributor.pending(0n, flexible)).to.equal(0n);
    expect(await flexible.totalSupply()).to.be.lessThan(parseEther("1"));
  });
});
