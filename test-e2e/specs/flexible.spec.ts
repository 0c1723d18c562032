import { expect, test } from "../helpers/fixtures.ts";
import { tsk } from "../helpers/chain.ts";
import { doneSteps } from "../helpers/screen.ts";

test.describe("a flexible pool", () => {
  test("takes a stake from Explore, with a permit", async ({ chain, wallet, page, open }) => {
    await open();
    const row = page.getByRole("row", { name: /Flexible/ });
    await row.getByRole("link", { name: /^Stake/ }).click();
    await page.getByRole("textbox", { name: "Amount", exact: true }).fill("1,234.5");
    await page.getByRole("button", { name: "Stake 1,234.5 TSK" }).click();
    expect(await doneSteps(page)).toEqual(["Sign the permit", "Stake"]);
    await expect(page.getByText("1,234.5 TSK staked")).toBeVisible();
    expect(await chain.flexible.balanceOf(wallet.account.address)).toBe(tsk("1234.5"));
  });
});
