import * as RadixProgress from "@radix-ui/react-progress";

/** How far something has come, from 0 to 1. */
export function Progress({ label, fraction }: { label: string; fraction: number }) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <RadixProgress.Root value={percent} aria-label={label} className="bg-sunken h-2 overflow-hidden rounded-full">
      <RadixProgress.Indicator className="bg-brand h-full rounded-full" style={{ width: `${percent.toString()}%` }} />
    </RadixProgress.Root>
  );
}
