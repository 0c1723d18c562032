import { expect } from "chai";
import hre from "hardhat";

import { drawCards, readCard } from "../../tools/lib/cards.ts";

describe("PositionRenderer's picture", () => {
  it("is what snapshots/cards/ shows; `npm run cards` rewrites it", async () => {
    const pictures = await drawCards(hre);
    expect(pictures.size).to.be.greaterThan(0);
    for (const [name, picture] of pictures) expect(picture, name).to.equal(await readCard(name));
  });
});
