import type { FixedTermPool } from "@termstake/sdk/pools";
import { useId, useMemo, useState } from "react";

import type { Position } from "../../chain/account.ts";
import { useChain, usePools } from "../../chain/context.tsx";
import { sendSteps } from "../../chain/operations.ts";
import { useText } from "../../i18n/index.ts";
import { Notice } from "../../shared/ui/notice.tsx";
import { Amount, Facts } from "../../shared/ui/pieces.tsx";
import { OperationDialog } from "./operation-dialog.tsx";
import { knownContracts, parseReceiver } from "./receiver.ts";
import { useOperation } from "./use-operation.ts";

interface Properties {
  readonly position: Position;
  readonly pool: FixedTermPool;
  readonly onClose: () => void;
}

/** Gives a position to another account. */
export function SendDialog({ position, pool, onClose }: Properties) {
  const { t } = useText();
  const operation = useOperation(pool);
  const id = useId();
  const [text, setText] = useState("");
  const { deployment } = useChain().reader;
  const pools = usePools().data;
  const known = useMemo(() => knownContracts(deployment, pools ?? [pool]), [deployment, pools, pool]);
  const receiver = parseReceiver(text, position.owner, known);
  const error = typeof receiver === "string" && receiver !== "empty" ? t(`send.${receiver}`) : undefined;
  return (
    <OperationDialog
      title={t("send.title", { id: position.id.toString() })}
      description={t("send.description")}
      pool={pool}
      operation={operation}
      onClose={onClose}
      action={t("position.send")}
      ready={typeof receiver === "object"}
      danger
      onAct={() => {
        if (typeof receiver === "object") void operation.run((actor) => sendSteps(actor, position, receiver.address));
      }}
    >
      <div className="grid gap-2">
        <label htmlFor={id} className="font-medium">
          {t("send.receiver")}
        </label>
        <input
          id={id}
          className={`field w-full font-mono text-sm ${error === undefined ? "" : "border-loss"}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="0x…"
          value={text}
          disabled={operation.state.running}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-error`}
          onChange={({ target }) => {
            setText(target.value);
          }}
        />
        <p id={`${id}-error`} aria-live="polite" className="text-loss text-sm font-medium empty:hidden">
          {error}
        </p>
      </div>
      <Facts
        facts={[
          [t("position.principal"), <Amount key="principal" value={position.principal} token={pool.stakingToken} />],
          [t("position.reward"), <Amount key="reward" value={position.reward} token={pool.rewardsToken} />],
        ]}
      />
      <Notice tone="warn">
        {t("send.warning")} {position.autoRenew && t("send.orderEnds")}
      </Notice>
    </OperationDialog>
  );
}
