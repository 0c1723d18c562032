import { AbiCoder, getAddress, Interface, ParamType, type Result } from "ethers";
import { expect } from "chai";
import fc from "fast-check";

import { decodePlain, eventReader } from "../../app/src/chain/plain.ts";

const coder = AbiCoder.defaultAbiCoder();

/** Types with values of them, as deep as answers of the lens are. */
const typed = fc.letrec<{ any: { type: string; value: fc.Arbitrary<unknown> } }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      { type: "uint256", value: fc.bigInt(0n, 2n ** 256n - 1n) },
      { type: "uint32", value: fc.bigInt(0n, 2n ** 32n - 1n) },
      { type: "int64", value: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) },
      { type: "bool", value: fc.boolean() },
      { type: "address", value: hex(20).map(getAddress) },
      { type: "bytes4", value: hex(4) },
      { type: "bytes", value: fc.integer({ min: 0, max: 70 }).chain(hex) },
      { type: "string", value: fc.string({ unit: "grapheme", maxLength: 40 }) },
    ),
    tie("any").map(({ type, value }) => ({ type: `${type}[]`, value: fc.array(value, { maxLength: 4 }) })),
    tie("any").map(({ type, value }) => ({
      type: `${type}[2]`,
      value: fc.array(value, { minLength: 2, maxLength: 2 }),
    })),
    fc.array(tie("any"), { minLength: 1, maxLength: 4 }).map((parts) => ({
      type: `tuple(${parts.map(({ type }, i) => `${type} part${i.toString()}`).join(", ")})`,
      value: fc.tuple(...parts.map(({ value }) => value)),
    })),
  ),
})).any;

function hex(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => `0x${Buffer.from(array).toString("hex")}`);
}

/** The value as `decodePlain` should return it: named parts instead of places. */
function plain(type: ParamType, value: unknown): unknown {
  if (type.isArray()) return (value as unknown[]).map((item) => plain(type.arrayChildren, item));
  if (type.isTuple())
    return Object.fromEntries(type.components.map((part, i) => [part.name, plain(part, (value as unknown[])[i])]));
  return value;
}

describe("app: answers as plain objects", () => {
  it("are what was encoded, whatever the types", () => {
    const cases = fc.array(typed, { minLength: 1, maxLength: 4 }).chain((types) =>
      fc.record({
        types: fc.constant(types.map(({ type }) => ParamType.from(type))),
        values: fc.tuple(...types.map(({ value }) => value)),
      }),
    );
    fc.assert(
      fc.property(cases, ({ types, values }) => {
        const decoded = decodePlain(types, coder.encode(types, values));
        expect(decoded).to.deep.equal(values.map((value, i) => plain(types[i] as ParamType, value)));
      }),
      { numRuns: 300 },
    );
  });

  it("never come from an answer that ends early or points elsewhere", () => {
    const [list] = [ParamType.from("uint256[]")];
    const whole = coder.encode([list], [[1, 2]]);
    expect(decodePlain([list], whole)).to.deep.equal([[1n, 2n]]);
    expect(() => decodePlain([list], "0x")).to.throw("where there is no such contract");
    expect(() => decodePlain([list], whole.slice(0, -64))).to.throw("within an array");
    expect(() => decodePlain([list], `0x${"f".repeat(64)}`)).to.throw("behind its end");
    const text = coder.encode(["string"], ["forty letters, which are more than a word"]);
    expect(() => decodePlain([ParamType.from("string")], text.slice(0, -64))).to.throw("within a string");
  });

  it("tell of events what ethers does", () => {
    const events = new Interface([
      "event Moved(uint256 indexed id, string note, address indexed to, int128 change)",
      "event Nothing()",
    ]);
    const read = eventReader(events);
    const me = getAddress(`0x${"ab".repeat(20)}`);
    const log = events.encodeEventLog("Moved", [7n, "a note", me, -5n]);
    expect(read(log)).to.deep.equal({ name: "Moved", args: [7n, "a note", me, -5n] });
    expect((events.parseLog(log)?.args as Result).toArray()).to.deep.equal([7n, "a note", me, -5n]);
    expect(read(events.encodeEventLog("Nothing", []))).to.deep.equal({ name: "Nothing", args: [] });
    expect(read({ topics: [`0x${"00".repeat(32)}`], data: "0x" })).to.equal(undefined);
  });
});
