import { expect } from "chai";

import { RangeReader } from "../../scripts/lib/range-reader.ts";

/** A node that answers for so many blocks at once, and counts what it is asked. */
function node(limit: number, message = "block range is too wide") {
  const asked = { answers: 0, refusals: 0 };
  const read = async (from: number, to: number): Promise<number[]> => {
    if (to - from + 1 > limit) {
      asked.refusals++;
      throw new Error("The request failed", { cause: new Error(message) });
    }
    asked.answers++;
    return Promise.resolve(Array.from({ length: to - from + 1 }, (_, i) => from + i));
  };
  return { asked, read };
}

describe("RangeReader", () => {
  for (const limit of [1, 7, 500, 10_000, 50_000, 10_000_000]) {
    it(`reads every block once from a node that answers for ${limit}, at few refusals`, async () => {
      const last = Math.min(limit * 300, 500_000);
      const { asked, read } = node(limit);
      const blocks = await new RangeReader().all(3, last, read);
      expect(blocks).to.have.lengthOf(last - 2);
      expect(blocks.every((block, i) => block === i + 3)).to.equal(true);
      expect(asked.answers).to.be.at.most(Math.ceil((2 * last) / limit) + 20);
      // First it is halved until it fits; then every twentieth question tries for more.
      expect(asked.refusals).to.be.at.most(15 + Math.ceil(asked.answers / 20));
    });
  }

  it("asks for more again after a busy time", async () => {
    const { asked, read } = node(1_000_000);
    const busy = async (from: number, to: number) => {
      if (from < 1_000 && to - from >= 10) throw new Error("query returned more than 10000 results");
      return read(from, to);
    };
    await new RangeReader().all(0, 1_000_000, busy);
    expect(asked.answers).to.be.at.most(500);
  });

  it("passes on what is no refusal of a range, and the refusal of a single block", async () => {
    const broken = async () => Promise.reject(new Error("no such method"));
    const thrown = await new RangeReader().all(0, 9, broken).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(Error).with.property("message", "no such method");
    const refused = await new RangeReader().all(0, 9, node(0).read).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error).with.property("message", "The request failed");
  });
});
