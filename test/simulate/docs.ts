import { expect } from "chai";

import { economics } from "../../simulate/docs.ts";

describe("docs/ECONOMICS.md", () => {
  it("has the figures of its examples (npm run simulate -- --docs writes them)", async () => {
    const { current, correct } = await economics();
    expect(current).to.equal(correct);
    expect(current).to.match(/\| Price −80 %/);
  });
});
