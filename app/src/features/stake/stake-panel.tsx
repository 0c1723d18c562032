import { useEffect, useState } from "react";
import { Link } from "wouter";

import { useAccount, useChain, useChainQuery, useChainTime, useWallets } from "../../chain/context.tsx";
import { useFlow } from "../../chain/flow.ts";
import { flexibleApr, flexibleYield } from "../../chain/offers.ts";
import { openSteps, stakeSteps } from "../../chain/operations.ts";
import type { Pool, Term } from "../../chain/pools.ts";
import { fixedTermReward, flexibleReward } from "../../chain/rates.ts";
import { readPurse } from "../../chain/tokens.ts";
import { useText } from "../../i18n/index.ts";
import { formatAmount, formatBps, formatDate, formatPercent } from "../../shared/format.ts";
import { parseAmount } from "../../shared/amount-text.ts";
import { useActor } from "../../shared/use-actor.ts";
import { useRunningText } from "../../shared/use-running-text.ts";
import { useWriting } from "../../shared/use-writing.ts";
import { AmountField } from "../../shared/ui/amount-field.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { InView } from "../../shared/ui/in-view.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Amount, ExactAmount, Facts } from "../../shared/ui/pieces.tsx";
import { StepList } from "../../shared/ui/step-list.tsx";
import { ConnectButton } from "../wallet/wallet-button.tsx";
import { closedBecause, mostAccepted, obstacle } from "./checks.ts";
import { useObstacleText } from "./obstacle-text.ts";
import { TermChoice } from "./term-choice.tsx";

const MONTH = 30n * 86_400n;

interface Properties {
  readonly pool: Pool;
  readonly term: Term | undefined;
  readonly onTerm: (id: number) => void;
}

export function StakePanel({ pool, term, onTerm }: Properties) {
  const { t, locale } = useText();
  const { lost } = useChain();
  const account = useAccount();
  const { connected } = useWallets();
  const actor = useActor();
  const flow = useFlow(useWriting(pool));
  const [text, setText] = useState("");
  const [done, setDone] = useState<bigint>();
  const token = pool.stakingToken;
  const { data: purse } = useChainQuery(
    ["purse", token.address, account, pool.address],
    (reader) => readPurse(reader, token.address, account ?? "", pool.address),
    account !== undefined,
  );

  const parsed = parseAmount(text, token.decimals);
  const amount = typeof parsed === "bigint" ? parsed : undefined;
  const blocked = closedBecause(pool, term);
  const inTheWay = amount === undefined ? undefined : obstacle(pool, term, amount, purse?.balance);
  const most = mostAccepted(pool, term);
  const obstacleText = useObstacleText(pool);
  const running = useRunningText(flow.state);
  const { reset } = flow;
  // What became of another account's stake, or of one in another term, is not said of this one.
  useEffect(reset, [account, term?.id]);
  const error =
    typeof parsed === "string"
      ? parsed === "empty"
        ? undefined
        : t(`amount.${parsed}`, { decimals: token.decimals })
      : inTheWay === undefined || blocked !== undefined
        ? undefined
        : obstacleText(inTheWay, amount);
  const ready = amount !== undefined && inTheWay === undefined && !lost && actor !== undefined && purse !== undefined;

  async function stake() {
    if (amount === undefined) return;
    const succeeded = await flow.start(async () => {
      const acting = await actor?.();
      if (acting === undefined) return [];
      if (pool.kind === "flexible") return stakeSteps(acting, pool, amount);
      return term === undefined ? [] : openSteps(acting, pool, term, amount, fixedTermReward(pool, term, amount));
    });
    if (!succeeded) return;
    setDone(amount);
    setText("");
  }

  return (
    <section aria-labelledby="stake-heading" className="card grid gap-5 p-5 sm:p-6">
      <h2 id="stake-heading" className="text-xl font-semibold">
        {t(pool.kind === "flexible" ? "stake.flexible" : "stake.fixed")}
      </h2>
      {pool.kind === "fixed" && <TermChoice terms={pool.terms} chosen={term} onTerm={onTerm} />}
      {blocked !== undefined ? (
        <Notice tone="warn" role="status">
          {obstacleText(blocked)}
        </Notice>
      ) : (
        <form
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !flow.state.running) void stake();
          }}
        >
          <AmountField
            label={t("stake.amount")}
            token={token}
            text={text}
            onChange={(next) => {
              setText(next);
              flow.reset();
            }}
            whole={purse?.balance}
            {...(purse !== undefined && { most: purse.balance < most ? purse.balance : most })}
            hint={
              purse !== undefined && (
                <>
                  {t("stake.balance")} <Amount value={purse.balance} token={token} />
                </>
              )
            }
            error={error}
            disabled={flow.state.running}
          />
          <Outcome pool={pool} term={term} amount={amount ?? 0n} />
          {connected === undefined ? (
            <ConnectButton className="w-full" />
          ) : (
            <Button type="submit" className="w-full" disabled={!ready || flow.state.running}>
              {flow.state.running
                ? running
                : amount === undefined
                  ? t("stake.enter")
                  : t(pool.kind === "flexible" ? "stake.button" : "stake.lock", {
                      amount: `${formatAmount(amount, token.decimals, locale)} ${token.symbol}`,
                    })}
            </Button>
          )}
          {ready && !flow.state.running && flow.state.steps.length === 0 && (
            <p className="text-muted text-sm">
              {t(
                purse.allowance >= amount
                  ? "stake.howAllowed"
                  : purse.permit === undefined
                    ? "stake.howApprove"
                    : "stake.howPermit",
              )}
            </p>
          )}
        </form>
      )}
      <StepList state={flow.state} />
      {flow.state.receipt !== undefined && done !== undefined && (
        <InView>
          {" "}
          <Notice
            tone="brand"
            role="status"
            title={t("stake.done", { amount: `${formatAmount(done, token.decimals, locale)} ${token.symbol}` })}
          >
            <Link href="/portfolio" className="font-semibold underline">
              {t("stake.toPortfolio")}
            </Link>
          </Notice>
        </InView>
      )}
    </section>
  );
}

/** What comes of an amount, by the contract's own formulas. */
function Outcome({ pool, term, amount }: { pool: Pool; term: Term | undefined; amount: bigint }) {
  const { t, locale } = useText();
  const now = useChainTime(10_000);
  if (now === undefined) return null;
  if (pool.kind === "flexible") {
    const apr = flexibleApr(pool, now, amount);
    const perToken = flexibleYield(pool, now, amount);
    return (
      <Facts
        facts={[
          [
            t("outcome.rateWithYou"),
            apr !== undefined ? (
              formatPercent(apr, locale)
            ) : perToken === undefined ? (
              t("rate.nobody")
            ) : (
              <span key="rate">
                <Amount value={perToken} token={pool.rewardsToken} />{" "}
                {t("rate.perToken", { symbol: pool.stakingToken.symbol })}
              </span>
            ),
          ],
          [
            t("outcome.month"),
            <Amount key="month" value={flexibleReward(pool, amount, MONTH)} token={pool.rewardsToken} />,
          ],
          [t("outcome.leave"), t("outcome.anyTime")],
        ]}
      />
    );
  }
  if (term === undefined) return null;
  return (
    <Facts
      facts={[
        [
          t("outcome.reward"),
          <strong key="reward" className="text-gain">
            <ExactAmount value={fixedTermReward(pool, term, amount)} token={pool.rewardsToken} />
          </strong>,
        ],
        [t("outcome.maturity"), formatDate(now + Number(term.duration), locale)],
        [
          t("outcome.early"),
          t("outcome.earlyCost", {
            start: formatBps(term.penalty.startBps, locale),
            end: formatBps(term.penalty.endBps, locale),
            share: formatBps(term.penalty.forfeitedBps, locale),
          }),
        ],
      ]}
    />
  );
}
