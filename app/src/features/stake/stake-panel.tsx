import {
  checkOpening,
  checkStake,
  mostOpenable,
  mostStakeable,
  type Refusal,
  type Spender,
} from "@termstake/sdk/checks";
import { promisedReward } from "@termstake/sdk/math";
import type { Pool, Term } from "@termstake/sdk/pools";
import { useEffect, useId, useState } from "react";
import { Link } from "wouter";

import { useAccount, useChainQuery, useWallets } from "../../chain/context.tsx";
import { useFlow } from "../../chain/flow.ts";
import { openSteps, stakeSteps, type Actor } from "../../chain/operations.ts";
import { creditedIn } from "../../chain/receipts.ts";
import { readPurse, type Purse } from "../../chain/tokens.ts";
import { useText } from "../../i18n/index.ts";
import { parseAmount } from "../../shared/amount-text.ts";
import { formatExact } from "../../shared/format.ts";
import { AmountField } from "../../shared/ui/amount-field.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Notice } from "../../shared/ui/notice.tsx";
import { Amount } from "../../shared/ui/pieces.tsx";
import { useRepeat } from "../../shared/ui/repeat.tsx";
import { StepList } from "../../shared/ui/step-list.tsx";
import { Unable } from "../../shared/ui/unable.tsx";
import { useActor } from "../../shared/use-actor.ts";
import { useRunningText } from "../../shared/use-running-text.ts";
import { useWriting } from "../../shared/use-writing.ts";
import { ConnectButton } from "../wallet/wallet-button.tsx";
import { Outlook } from "./outlook.tsx";
import { closedBecause, useRefusalText } from "./refusal-text.ts";
import { TermChoice } from "./term-choice.tsx";

interface Properties {
  readonly pool: Pool;
  readonly term: Term | undefined;
  readonly onTerm: (id: number) => void;
}

/** What is staked in a pool, from the amount to its confirmation; its button stays in sight whatever else there is to see. */
export function StakePanel({ pool, term, onTerm }: Properties) {
  const { t, locale } = useText();
  const account = useAccount();
  const { connected } = useWallets();
  const actor = useActor();
  const flow = useFlow(useWriting(pool));
  const { warned, warning } = useRepeat(pool.address);
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
  const refusals = refusalsOf(pool, term, amount ?? 0n, { account: account ?? "", balance: purse?.balance });
  const blocked = closedBecause(refusals);
  const [inTheWay] = amount === undefined ? [] : refusals.filter(({ name }) => name !== "PoolZeroAmount");
  const most = mostAccepted(pool, term);
  const refusalText = useRefusalText(pool, term);
  const running = useRunningText(flow.state);
  const { reset, state } = flow;
  // What became of another account's stake, or of one in another term, is not said of this one.
  useEffect(reset, [account, term?.id]);
  const written = (value: bigint) => `${formatExact(value, token.decimals, locale)} ${token.symbol}`;
  const error =
    typeof parsed === "string"
      ? parsed === "empty"
        ? undefined
        : t(`amount.${parsed}`, { decimals: token.decimals })
      : inTheWay && refusalText(inTheWay, amount);
  const heading = useId();
  const ready = amount !== undefined && inTheWay === undefined && typeof actor === "function" && purse !== undefined;
  const can = ready && !warned && !state.running;
  // Told by the contract itself, for what arrives of a token that keeps a part.
  const reward = state.problem?.kind === "feeOnTransfer" ? state.problem.reward : undefined;

  async function stake(value: bigint, act: () => Actor) {
    const succeeded = await flow.start({ pool: pool.address, amount: written(value) }, async () => {
      if (pool.kind === "flexible") return stakeSteps(act(), pool, value);
      return term === undefined
        ? []
        : openSteps(act(), pool, term, value, reward ?? promisedReward(term, value, pool.conversion));
    });
    if (!succeeded) return;
    setDone(value);
    setText("");
  }

  return (
    <section aria-labelledby={heading} className="card lg:max-h-[calc(100dvh-7rem)] lg:overflow-hidden">
      <form
        className="flex max-h-[inherit] flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          if (can) void stake(amount, actor);
        }}
      >
        <div tabIndex={0} className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-5 pb-4 sm:px-6">
          <h2 id={heading} className="text-xl font-semibold">
            {t(pool.kind === "flexible" ? "stake.flexible" : "stake.fixed")}
          </h2>
          {pool.kind === "fixed" && <TermChoice terms={pool.terms} chosen={term} onTerm={onTerm} />}
          {blocked !== undefined ? (
            <Notice tone="warn" role="status">
              {refusalText(blocked)}
            </Notice>
          ) : (
            <>
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
                disabled={state.running}
              />
              <Outlook pool={pool} term={term} amount={amount ?? 0n} reward={reward} />
            </>
          )}
        </div>
        <div className="border-line bg-surface sticky bottom-0 grid shrink-0 gap-3 rounded-b-2xl border-t px-5 py-4 empty:hidden sm:px-6">
          <div tabIndex={0} className="grid max-h-[45dvh] gap-3 overflow-y-auto empty:hidden">
            {blocked === undefined && !state.running && warning}
            {blocked === undefined && actor !== undefined && typeof actor !== "function" && <Unable reason={actor} />}
            <StepList state={state} />
            {state.receipt !== undefined && done !== undefined && (
              <Staked sent={done} credited={creditedIn(pool, state.receipt)} written={written} />
            )}
          </div>
          {blocked !== undefined ? null : connected === undefined ? (
            <ConnectButton className="w-full" />
          ) : (
            <Button type="submit" className="w-full" disabled={!can}>
              {state.running
                ? running
                : amount === undefined
                  ? t("stake.enter")
                  : t(pool.kind === "flexible" ? "stake.button" : "stake.lock", { amount: written(amount) })}
            </Button>
          )}
          {blocked === undefined && ready && !state.running && state.steps.length === 0 && (
            <p className="text-muted text-sm">{t(`stake.${howOf(purse, amount)}`)}</p>
          )}
        </div>
      </form>
    </section>
  );
}

/** What depositing an amount would be refused for. */
function refusalsOf(pool: Pool, term: Term | undefined, amount: bigint, spender: Spender): readonly Refusal[] {
  if (pool.kind === "flexible") return checkStake(pool, amount, spender);
  return term === undefined ? [] : checkOpening(pool, term, amount, { spender });
}

/** Most that a pool, or a term of it, takes now, in base units. */
function mostAccepted(pool: Pool, term: Term | undefined): bigint {
  if (pool.kind === "flexible") return mostStakeable(pool);
  return term === undefined ? 0n : mostOpenable(pool, term);
}

/** What will be asked of the person. */
function howOf({ allowance, permit }: Purse, amount: bigint) {
  if (allowance >= amount) return "howAllowed";
  return permit === undefined ? "howApprove" : "howPermit";
}

interface StakedProperties {
  readonly sent: bigint;
  /** What the pool counts, by its own event. */
  readonly credited: bigint;
  readonly written: (value: bigint) => string;
}

function Staked({ sent, credited, written }: StakedProperties) {
  const { t } = useText();
  return (
    <Notice tone="brand" role="status" title={t("stake.done", { amount: written(credited) })}>
      {credited < sent && <p>{t("stake.credited", { sent: written(sent), amount: written(credited) })}</p>}
      <Link href="/portfolio" className="font-semibold underline">
        {t("stake.toPortfolio")}
      </Link>
    </Notice>
  );
}
