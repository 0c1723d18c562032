import { useState } from "react";

import { useChain } from "../../chain/context.tsx";
import { explain } from "../../chain/explain.ts";
import { useText } from "../../i18n/index.ts";
import { useProblemText } from "../problem-text.ts";
import type { Inability } from "../use-actor.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** Beside a button that cannot be pressed: why, and what helps where a click does. */
export function Unable({ reason }: { reason: Inability }) {
  const { t } = useText();
  return (
    <Notice tone="warn" role="status">
      <div className="grid gap-2">
        <span>{t(`operation.${reason}`)}</span>
        {reason === "network" && <SwitchNetwork />}
      </div>
    </Notice>
  );
}

/** Asks the wallet to come to the network of the pools. */
export function SwitchNetwork() {
  const { t } = useText();
  const { reader, wallets } = useChain();
  const [failure, setFailure] = useState<unknown>();
  const problemText = useProblemText();
  const { deployment } = reader;
  return (
    <div className="grid gap-2 justify-items-start">
      {failure !== undefined && <span>{problemText(explain(failure)).sentence}</span>}
      <Button
        size="small"
        onClick={() => {
          setFailure(undefined);
          wallets.switchChain(deployment).catch(setFailure);
        }}
      >
        {t("network.switch", { chain: deployment.chainName })}
      </Button>
    </div>
  );
}
