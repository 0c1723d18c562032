// What somebody finds who ran `npm start` and opened the page in a browser without any wallet.
import { tsk } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { doneSteps } from "../helpers/screen.ts";

test.describe("the development wallet", () => {
  test("stakes in three clicks", async ({ chain, page, open }) => {
    const [account = ""] = chain.deployment.developmentAccounts;
    await page.addInitScript(() => {
      Reflect.set(window, "clicks", 0);
      const count = () => Reflect.set(window, "clicks", Number(Reflect.get(window, "clicks")) + 1);
      window.addEventListener("pointerdown", count, { capture: true });
    });
    await open();
    await page
      .getByRole("row", { name: /Flexible/ })
      .getByRole("link", { name: /^Stake/ })
      .click();
    await page.getByRole("button", { name: "25%" }).click();
    await page.getByRole("button", { name: "Stake 25,000 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    expect(await page.evaluate(() => Number(Reflect.get(window, "clicks")))).toBe(3);
    expect(await chain.flexible.balanceOf(account)).toBe(tsk(25_000));
  });

  test("says on every page that it is for development, and what its money is worth", async ({ page, open }) => {
    await open();
    const banner = page.getByRole("note");
    await expect(banner).toContainText("Development wallet: play money on a local chain");
    for (const place of ["Portfolio", "History"]) {
      await page.getByRole("link", { name: place }).click();
      await expect(banner).toBeVisible();
    }
    await page
      .getByRole("banner")
      .getByRole("button", { name: /^Account/ })
      .click();
    await expect(page.getByRole("menu")).toContainText("Development only");
  });

  test("lends each of its accounts", async ({ chain, page, open }) => {
    const [, second = ""] = chain.deployment.developmentAccounts;
    await chain.stakeFor(second, tsk(77));
    await open("/portfolio");
    await expect(page.getByRole("main")).toContainText("Nothing is staked yet");
    await page
      .getByRole("banner")
      .getByRole("button", { name: /^Account/ })
      .click();
    await page.getByRole("menuitemcheckbox").nth(1).click();
    await expect(page.getByRole("main")).toContainText("77 TSK");
  });

  test("waits to be chosen where there is another wallet", async ({ chain, addWallet, page, open }) => {
    await addWallet([await chain.account()]);
    await open();
    await expect(page.getByRole("row", { name: /Flexible/ })).toBeVisible();
    await page.getByRole("button", { name: "Connect wallet" }).click();
    const choices = page.getByRole("dialog").getByRole("listitem");
    await expect(choices.filter({ hasText: "Development wallet" })).toContainText("Development only");
    await expect(choices.filter({ hasText: "Test wallet" })).not.toContainText("Development only");
    await expect(page.getByRole("note")).toHaveCount(0);
  });
});
