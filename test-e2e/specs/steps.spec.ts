// How each step of an operation looks while it is signed, sent, confirmed or failed. Pictures are in test-e2e/results/screens.
import type { Locator, Page } from "@playwright/test";

import type { PageDeployment } from "../../scripts/lib/page-server.ts";
import { addressOf, DAY, tsk } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { examine } from "../helpers/looks.ts";
import { openIn, stakeIn } from "../helpers/saving.ts";
import { amountField, card, dialogOf, doneSteps } from "../helpers/screen.ts";

const EXPLORER = "https://explorer.example";

test.use({ contextOptions: { reducedMotion: "reduce" } });

function steps(scope: Locator | Page): Locator {
  return scope.getByRole("list", { name: "Progress" }).getByRole("listitem");
}

test("a stake is signed, sent and confirmed, each with its link to the explorer", async ({
  chain,
  wallet,
  page,
  open,
}) => {
  await page.route("**/deployment.json", async (route) => {
    const deployment = (await (await route.fetch()).json()) as PageDeployment;
    await route.fulfill({ json: { ...deployment, explorerUrl: EXPLORER } });
  });
  await open(`/pool/${await addressOf(chain.flexible)}`);
  const form = page.getByRole("region", { name: "Stake" });
  await amountField(form).fill("2500");
  const submit = form.locator("[type=submit]");

  wallet.beforeNext("eth_signTypedData_v4", async () => {
    await expect(steps(form)).toContainText([/Sign the permit.*Confirm in your wallet/s, /Stake.*Waiting/s]);
    await expect(submit).toBeDisabled();
    await expect(submit).toHaveText("Continue in your wallet …");
    await expect(amountField(form)).toBeDisabled();
    await examine(page, "steps-sign", "main");
    wallet.beforeNext("eth_sendTransaction", async () => {
      await expect(steps(form)).toContainText([/Sign the permit.*Confirmed/s, /Stake.*Confirm in your wallet/s]);
    });
  });
  await chain.unmined(async () => {
    await submit.click();
    await expect(steps(form)).toContainText([/Sign the permit.*Confirmed/s, /Stake.*Sent, waiting for confirmation/s]);
    await expect(form.getByRole("link", { name: "View transaction" })).toBeVisible();
    await expect(submit).toBeDisabled();
    await expect(submit).toHaveText("Waiting for the chain …");
    await examine(page, "steps-sent", "main");
    await chain.provider.send("evm_mine", []);
    expect(await doneSteps(form)).toEqual(["Sign the permit", "Stake"]);
  });
  await expect(form.getByRole("status").filter({ hasText: "2,500 TSK staked" })).toBeInViewport({ ratio: 1 });
  await examine(page, "steps-confirmed", "main");
  const [staked] = await chain.flexible.queryFilter(chain.flexible.filters.Staked(wallet.account), 0);
  const link = form.getByRole("link", { name: "View transaction" });
  await expect(link).toHaveAttribute("href", `${EXPLORER}/tx/${String(staked?.transactionHash)}`);
  await expect(link).toHaveAttribute("rel", "noreferrer");
  expect(await chain.flexible.balanceOf(wallet.account)).toBe(tsk(2_500));
});

test.describe("at a phone's width", () => {
  test.use({ viewport: { width: 375, height: 812 } });

  test("an early exit is declined, refused, sent and done", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    const id = await openIn(chain.fixed, account, 3, tsk("1234.567890123456789"));
    await chain.pass(100 * DAY);
    await open("/portfolio");
    await card(page, `Position ${id}`).getByRole("button", { name: "Leave early" }).click();
    const dialog = dialogOf(page);
    const leave = dialog.getByRole("button", { name: /^Leave with/ });
    wallet.rejectNext();
    await leave.click();
    await expect(dialog.getByRole("alert")).toContainText("You declined in your wallet");
    await expect(dialog.getByRole("alert")).toBeInViewport({ ratio: 1 });
    await examine(page, "exit-declined", "[role=dialog]");

    await chain.unmined(async () => {
      await leave.click();
      await expect(steps(dialog)).toContainText(["Sent, waiting for confirmation"]);
      await expect(steps(dialog)).toBeInViewport();
      await expect(dialog.getByRole("alert")).toHaveCount(0);
      await examine(page, "exit-sent", "[role=dialog]");
      await chain.provider.send("evm_mine", []);
      expect(await doneSteps(dialog)).toEqual(["Leave early"]);
    });
    // No explorer, no link: the hash is there to be looked up elsewhere.
    const [left] = await chain.fixed.queryFilter(chain.fixed.filters.WithdrawnEarly(id), 0);
    const hash = String(left?.transactionHash);
    await expect(steps(dialog)).toContainText([`${hash.slice(0, 6)}…${hash.slice(-4)}`]);
    await expect(dialog.getByRole("link")).toHaveCount(0);
    await examine(page, "exit-done", "[role=dialog]");
  });

  test("a reward is claimed", async ({ chain, wallet, page, open }) => {
    await stakeIn(chain.flexible, wallet.account, tsk(77));
    await chain.pass(DAY);
    await open("/portfolio");
    await card(page, /TSK/).getByRole("button", { name: "Claim" }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: "Claim" }).click();
    expect(await doneSteps(dialog)).toEqual(["Claim the reward"]);
    await examine(page, "claim-done", "[role=dialog]");
    // What is behind is set apart from what matters now.
    const backdrop = page.locator("[data-backdrop]");
    expect(await backdrop.boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 812 });
    await expect(backdrop).toHaveCSS("background-color", /^rgba\(0, 0, 0, 0\.\d+\)$/); // the last picture was a dark one
  });
});
