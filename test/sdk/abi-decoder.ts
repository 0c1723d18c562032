import { AbiCoder, getAddress, ParamType } from "ethers";
import { expect } from "chai";
import fc from "fast-check";

import { toParameter } from "../../packages/sdk/src/ethers/parameter.ts";
import { decodeParameters } from "../../packages/sdk/src/shared/abi-decoder.ts";

const coder = AbiCoder.defaultAbiCoder();
const decode = (types: readonly ParamType[], data: string) => decodeParameters(types.map(toParameter), data);

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

/** The value as `decodeParameters` should return it: named parts instead of places. */
function plain(type: ParamType, value: unknown): unknown {
  if (type.isArray()) return (value as unknown[]).map((item) => plain(type.arrayChildren, item));
  if (type.isTuple())
    return Object.fromEntries(type.components.map((part, i) => [part.name, plain(part, (value as unknown[])[i])]));
  return value;
}

describe("sdk: values by the types of an ABI", () => {
  it("are what was encoded, whatever the types", () => {
    const cases = fc.array(typed, { minLength: 1, maxLength: 4 }).chain((types) =>
      fc.record({
        types: fc.constant(types.map(({ type }) => ParamType.from(type))),
        values: fc.tuple(...types.map(({ value }) => value)),
      }),
    );
    fc.assert(
      fc.property(cases, ({ types, values }) => {
        const decoded = decode(types, coder.encode(types, values));
        expect(decoded).to.deep.equal(values.map((value, i) => plain(types[i] as ParamType, value)));
      }),
      { numRuns: 300 },
    );
  });

  it("never come from an answer that ends early or points elsewhere", () => {
    const [list] = [ParamType.from("uint256[]")];
    const whole = coder.encode([list], [[1, 2]]);
    expect(decode([list], whole)).to.deep.equal([[1n, 2n]]);
    expect(() => decode([list], "0x")).to.throw("where there is no such contract");
    expect(() => decode([list], whole.slice(0, -64))).to.throw("within an array");
    expect(() => decode([list], `0x${"f".repeat(64)}`)).to.throw("behind its end");
    const text = coder.encode(["string"], ["forty letters, which are more than a word"]);
    expect(() => decode([ParamType.from("string")], text.slice(0, -64))).to.throw("within a string");
  });
});
