// Every event of every contract, with any values, as ethers tells it.
import * as abis from "@termstake/sdk/abi";
import * as events from "@termstake/sdk/events";
import { expect } from "chai";
import { AbiCoder, getAddress, Interface, type ParamType } from "ethers";
import fc from "fast-check";

const { decodeEvent, fixedTermPoolEvents, flexiblePoolEvents, topicOf } = events;

type Table = events.EventTable<Record<string, unknown>>;

/** The tables of events, by the names of their contracts' ABIs. */
const TABLES = Object.entries(events).flatMap(([name, table]): [abi: string, Table][] =>
  name.endsWith("Events") ? [[name.replace(/Events$/, "Abi"), table as Table]] : [],
);

function hex(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => `0x${Buffer.from(array).toString("hex")}`);
}

/** Any value of a type, as ethers takes it. */
function anyOf(type: ParamType): fc.Arbitrary<unknown> {
  if (type.isArray()) return fc.array(anyOf(type.arrayChildren), { maxLength: 3 });
  if (type.isTuple()) return fc.tuple(...type.components.map(anyOf));
  const [, unsigned, bits] = /^(u?)int(\d+)$/.exec(type.type) ?? [];
  if (bits !== undefined) {
    const limit = 2n ** BigInt(bits);
    return unsigned === "u" ? fc.bigInt(0n, limit - 1n) : fc.bigInt(-limit / 2n, limit / 2n - 1n);
  }
  if (type.type === "address") return hex(20).map(getAddress);
  if (type.type === "bool") return fc.boolean();
  if (type.type === "bytes") return fc.integer({ min: 0, max: 70 }).chain(hex);
  if (type.type.startsWith("bytes")) return hex(Number(type.type.slice("bytes".length)));
  return fc.string({ unit: "grapheme", maxLength: 40 });
}

/** The value as it should be told: named parts instead of places. */
function told(type: ParamType, value: unknown): unknown {
  if (type.isArray()) return (value as unknown[]).map((item) => told(type.arrayChildren, item));
  if (type.isTuple())
    return Object.fromEntries(type.components.map((part, i) => [part.name, told(part, (value as unknown[])[i])]));
  return value;
}

describe("sdk: events", () => {
  it("has a table for each contract that logs", () => {
    const logging = Object.entries(abis)
      .filter(([, abi]) => (abi as readonly { type: string }[]).some(({ type }) => type === "event"))
      .map(([name]) => name);
    expect(TABLES.map(([name]) => name).sort()).to.deep.equal(logging.sort());
  });

  for (const [name, table] of TABLES) {
    const contract = new Interface(JSON.stringify(abis[name as keyof typeof abis]));
    it(`tells every event of ${name} as ethers encodes it, whatever its values`, () => {
      const names: string[] = [];
      contract.forEachEvent((event) => {
        names.push(event.name);
        expect(topicOf(table, event.name)).to.equal(event.topicHash);
        fc.assert(
          fc.property(fc.tuple(...event.inputs.map(anyOf)), (values) => {
            const args = Object.fromEntries(event.inputs.map((input, i) => [input.name, told(input, values[i])]));
            expect(decodeEvent(table, contract.encodeEventLog(event, values))).to.deep.equal({
              name: event.name,
              args,
            });
          }),
          { numRuns: 20 },
        );
      });
      expect(Object.keys(table).sort()).to.deep.equal(names.sort());
    });
  }

  it("types an event's values by its name", () => {
    const topics = [topicOf(flexiblePoolEvents, "Staked"), `0x${"00".repeat(12)}${"ab".repeat(20)}`];
    const event = decodeEvent(flexiblePoolEvents, {
      topics,
      data: AbiCoder.defaultAbiCoder().encode(["uint256"], [7n]),
    });
    if (event?.name !== "Staked") throw new Error("The event is another one");
    const { user, amount }: { user: `0x${string}`; amount: bigint } = event.args;
    expect([user, amount]).to.deep.equal([getAddress(`0x${"ab".repeat(20)}`), 7n]);
  });

  it("knows no event of another contract, and refuses one that ends early", () => {
    const topics = [topicOf(fixedTermPoolEvents, "Opened")];
    expect(decodeEvent(flexiblePoolEvents, { topics, data: "0x" })).to.equal(undefined);
    expect(decodeEvent(flexiblePoolEvents, { topics: [], data: "0x" })).to.equal(undefined);
    expect(() => decodeEvent(fixedTermPoolEvents, { topics, data: "0x" })).to.throw(RangeError, "ends early");
  });
});
