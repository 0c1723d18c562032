import { useText } from "../../i18n/index.ts";

export function Loading({ label }: { label?: string }) {
  const { t } = useText();
  return (
    <div role="status" className="card text-muted flex items-center gap-3 p-6">
      <span
        className="border-line-strong border-t-brand size-5 animate-spin rounded-full border-2"
        aria-hidden="true"
      />
      {label ?? t("common.loading")}
    </div>
  );
}
