// An account of several owners, as a Safe is: what one of them sends waits for the signatures of the others, and is known by a name
// that no node has heard of.
import type { Page } from "@playwright/test";

import { addressOf, mined, tsk, type Chain } from "../helpers/chain.ts";
import { expect, test } from "../helpers/fixtures.ts";
import { stakeIn } from "../helpers/saving.ts";
import { amountField, card, dialogOf, doneSteps } from "../helpers/screen.ts";

const form = (page: Page) => page.getByRole("region", { name: "Stake" });
const steps = (page: Page) => page.getByRole("list", { name: "Progress" }).getByRole("listitem");
const onTheirWay = (page: Page) => page.getByRole("list", { name: "Transactions on their way" });

/** Notes from now on, as long as the page is not loaded anew, whether it ever says that something is confirmed. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const told: string[] = [];
    Reflect.set(window, "told", told);
    new MutationObserver(() => {
      const [found] = /\bConfirmed\b|: confirmed|TSK staked/.exec(document.body.innerText) ?? [];
      if (found !== undefined) told.push(found);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => Reflect.get(window, "told") as string[]);
}

/** Blocks come and go, and the page has read them. */
async function letBlocksPass(chain: Chain, page: Page): Promise<void> {
  for (let block = 0; block < 3; block += 1) await chain.pass(12);
  const number = await chain.provider.getBlockNumber();
  await expect(page.getByRole("contentinfo")).toContainText(`block ${number}`);
}

test.describe("an account of several owners", () => {
  test("is told that signatures are waited for, on every page, and only then that it is confirmed", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    const { account } = wallet;
    await mined(chain.stake.connect(account).approve(chain.flexible, tsk(10)));
    await wallet.share();
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    const told = await listen(page);
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    await expect(steps(page)).toContainText(["Sent to your Safe, waiting for signatures"]);
    await expect(form(page).locator("[type=submit]")).toHaveText("Waiting for signatures …");
    await letBlocksPass(chain, page);
    await expect(steps(page)).toContainText(["Sent to your Safe, waiting for signatures"]);

    await page.getByRole("link", { name: "Portfolio" }).click();
    const waiting = "Stake 10 TSK: sent to your Safe, waiting for signatures";
    await expect(onTheirWay(page)).toContainText(waiting);
    await letBlocksPass(chain, page);
    expect(await told()).toEqual([]);
    await page.reload();
    await expect(onTheirWay(page)).toContainText(waiting);
    await expect(page.getByRole("main")).toContainText("Nothing is confirmed yet");
    expect(await chain.flexible.balanceOf(account)).toBe(0n);

    await wallet.signQueued();
    await expect(onTheirWay(page)).toContainText("Stake 10 TSK: confirmed");
    expect(await chain.flexible.balanceOf(account)).toBe(tsk(10));
    await expect(card(page, /TSK/)).toContainText("10 TSK");
  });

  test("approves first, since it cannot sign a permit, and each transaction waits for its own signatures", async ({
    chain,
    wallet,
    page,
    open,
  }) => {
    await wallet.share();
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("25");
    await form(page).getByRole("button", { name: "Stake 25 TSK" }).click();
    await expect(steps(page)).toContainText([/Approve.*waiting for signatures/s, /Stake.*Waiting/s]);
    await wallet.signQueued();
    await expect(steps(page)).toContainText([/Approve.*Confirmed/s, /Stake.*waiting for signatures/s]);
    expect(await chain.flexible.balanceOf(wallet.account)).toBe(0n);
    await wallet.signQueued();
    expect(await doneSteps(page)).toEqual(["Approve exactly this amount", "Stake"]);
    await expect(form(page)).toContainText("25 TSK staked");
    expect(await chain.flexible.balanceOf(wallet.account)).toBe(tsk(25));
    expect(wallet.requests("eth_signTypedData_v4")).toEqual([]);
  });

  test("is told what the contract refused when it was executed", async ({ chain, wallet, page, open }) => {
    const { account } = wallet;
    await stakeIn(chain.flexible, account, tsk(10));
    await mined(chain.stake.connect(account).approve(chain.flexible, tsk(10)));
    await wallet.share();
    await open(`/pool/${await addressOf(chain.flexible)}`);
    await amountField(form(page)).fill("10");
    await form(page).getByRole("button", { name: "Stake 10 TSK" }).click();
    await expect(steps(page)).toContainText(["waiting for signatures"]);
    await chain.pause(chain.flexible);
    await wallet.signQueued();
    await expect(form(page).getByRole("alert")).toContainText("The pool is paused");
    await expect(steps(page)).toContainText(["Failed"]);
    expect(await chain.flexible.balanceOf(account)).toBe(tsk(10));

    // What is in the pool comes out the same way.
    await open("/portfolio");
    await card(page, /TSK/).getByRole("button", { name: "Withdraw" }).click();
    await amountField(dialogOf(page)).fill("4");
    await dialogOf(page).getByRole("button", { name: "Withdraw", exact: true }).click();
    await expect(steps(page)).toContainText(["waiting for signatures"]);
    await wallet.signQueued();
    expect(await doneSteps(dialogOf(page))).toEqual(["Withdraw"]);
    expect(await chain.flexible.balanceOf(account)).toBe(tsk(6));
  });
});
