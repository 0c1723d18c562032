import { readFile } from "node:fs/promises";

import { expect } from "chai";
import { formatUnits, parseUnits } from "ethers";
import { network } from "hardhat";
import { z } from "zod";

import { DAY, deployFlexiblePool, fund, MAX_UINT96, namedActors, deployToken, PERIOD } from "../helpers/fixtures.ts";

const { ethers, networkHelpers } = await network.create();
const packageFile = z.object({ scripts: z.record(z.string(), z.string()) });
const readme = await readFile("README.md", "utf8");
const tsk = (amount: string) => parseUnits(amount, 18);

/** Requires that the row of a table that starts with `label` ends in `values`. */
function expectRow(label: string, ...values: bigint[]): void {
  const row = readme.split("\n").find((line) => line.startsWith(`| ${label}`));
  expect(row, label).to.match(new RegExp(`\\| ${values.map((value) => formatUnits(value, 18)).join(" \\| ")} \\|$`));
}

describe("README", () => {
  it("tells what the flexible pool pays", async () => {
    const fixture = await deployFlexiblePool(ethers, { sameToken: true });
    const { actors, pool } = fixture;
    expect(PERIOD).to.equal(7n * DAY);
    await pool.connect(actors.alice).stake(tsk("100"));
    await fund(fixture, tsk("7000"));
    const start = BigInt(await networkHelpers.time.latest());
    await networkHelpers.time.setNextBlockTimestamp(start + DAY);
    await pool.connect(actors.bob).stake(tsk("300"));
    expectRow("1 day", await pool.earned(actors.alice), await pool.earned(actors.bob));
    await networkHelpers.time.increaseTo(start + 3n * DAY);
    expectRow("3 days", await pool.earned(actors.alice), await pool.earned(actors.bob));
  });

  it("tells what the fixed-term pool promises, pays and takes", async () => {
    const actors = await namedActors(ethers);
    const token = await deployToken(ethers, "TSK");
    const renderer = await ethers.deployContract("PositionRenderer");
    const [insurance, treasury] = [actors.stranger, actors.governor];
    const pool = await ethers.deployContract("FixedTermPool", [
      {
        authority: actors.deployer.address,
        stakingToken: await token.getAddress(),
        rewardsToken: await token.getAddress(),
        conversion: 10n ** 18n,
        renderer: await renderer.getAddress(),
        rewardsPool: ethers.ZeroAddress,
        insurance: insurance.address,
        treasury: treasury.address,
        split: { rewardsBps: 4_000, insuranceBps: 2_000, treasuryBps: 3_000, burnBps: 1_000 },
        terms: [
          {
            duration: 90n * DAY,
            rate: parseUnits("0.06", 18),
            minimum: 1n,
            principalCap: MAX_UINT96,
            rewardCap: MAX_UINT96,
            penalty: { startBps: 300, endBps: 100, forfeitedBps: 5_000 },
          },
        ],
      },
    ]);
    await token.mint(actors.carol, tsk("10000"));
    await token.connect(actors.carol).approve(pool, tsk("10000"));
    await token.mint(actors.funder, tsk("1000"));
    await token.connect(actors.funder).approve(pool, tsk("1000"));
    await pool.connect(actors.funder).fund(tsk("1000"));

    const { reward } = await pool.previewOpen(0n, tsk("1000"));
    expectRow("reward, reserved at opening", reward);
    expectRow("**at maturity** she receives", tsk("1000") + reward);

    await pool.connect(actors.carol).open(0n, tsk("1000"), actors.carol, reward);
    const opened = BigInt(await networkHelpers.time.latest());
    const snapshot = await networkHelpers.takeSnapshot();
    await networkHelpers.time.increaseTo(opened + 45n * DAY);
    const half = await pool.previewWithdrawEarly(1n, tsk("500"));
    expectRow("**after 45 days, leaving with half**", half.principalOut);
    expectRow("… and as reward", half.rewardOut);
    const whole = await pool.previewWithdrawEarly(1n, tsk("1000"));
    expectRow("**after 45 days**, leaving with everything", whole.principalOut);
    expectRow("… and half of the", whole.rewardOut);
    expectRow("… the penalty of 2 % is", whole.principalPenalty);

    await snapshot.restore();
    await networkHelpers.time.setNextBlockTimestamp(opened + 45n * DAY);
    await pool.connect(actors.carol).withdrawEarly(1n, tsk("500"), actors.carol, half.principalOut, half.rewardOut);
    expectRow("… and keeps a position of 500", (await pool.position(2n)).reward);

    await snapshot.restore();
    await networkHelpers.time.setNextBlockTimestamp(opened + 45n * DAY);
    await pool.connect(actors.carol).withdrawEarly(1n, tsk("1000"), actors.carol, whole.principalOut, whole.rewardOut);
    const shares = await pool.unsweptPenalties();
    expectRow("… of which the pool's budget gets 40 %", shares.rewards);
    expectRow("… the insurance fund 20 %", shares.insurance);
    expectRow("… the treasury 30 %", shares.treasury);
    expectRow("… and 10 % are burned", shares.burned);
  });

  for (const file of ["README.md", "CONTRIBUTING.md"])
    it(`names only commands that exist in ${file}`, async () => {
      const { scripts } = packageFile.parse(JSON.parse(await readFile("package.json", "utf8")));
      const text = await readFile(file, "utf8");
      const named = [...text.matchAll(/npm (?:run )?([a-z][a-z0-9:-]*)/g)].map((match) => match[1] ?? "");
      for (const name of named.filter((script) => script !== "ci")) expect(scripts, name).to.have.property(name);
    });
});
