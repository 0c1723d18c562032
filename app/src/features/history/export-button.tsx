import { useState } from "react";

import { useChain } from "../../chain/context.tsx";
import { explain, type Problem } from "../../chain/explain.ts";
import type { Entry } from "../../chain/history.ts";
import { useText } from "../../i18n/index.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ProblemNotice } from "../../shared/ui/pieces.tsx";

/** Saves the whole history as a file. */
export function ExportButton({ entries, account }: { entries: readonly Entry[]; account: string }) {
  const { t } = useText();
  const { head, reader } = useChain();
  const [problem, setProblem] = useState<Problem>();

  async function save() {
    setProblem(undefined);
    try {
      const { historyCsv } = await import("./csv.ts"); // few save a file
      const url = URL.createObjectURL(new Blob([historyCsv(entries)], { type: "text/csv;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = url;
      link.download = `termstake-${reader.deployment.chainId.toString()}-${account}-${(head?.number ?? 0).toString()}.csv`;
      link.click();
      // The download has begun with the click; what it needs is released afterwards.
      setTimeout(() => {
        URL.revokeObjectURL(url);
      }, 60_000);
    } catch (error) {
      setProblem(explain(error));
    }
  }

  return (
    <div className="grid gap-2">
      <Button look="secondary" size="small" onClick={() => void save()}>
        {t("history.export")}
      </Button>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  );
}
