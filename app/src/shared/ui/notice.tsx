import type { ReactNode } from "react";

const TONES = {
  plain: "bg-sunken text-ink",
  brand: "bg-brand-soft text-brand-strong",
  warn: "bg-warn-soft text-warn",
  loss: "bg-loss-soft text-loss",
} as const;

export type Tone = keyof typeof TONES;

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`inline-block rounded-md px-2 py-0.5 text-xs font-semibold whitespace-nowrap ${TONES[tone]}`}>
      {children}
    </span>
  );
}

/** A message that matters; an alert interrupts a screen reader, a status waits for its turn. */
export function Notice({
  tone,
  role,
  title,
  children,
}: {
  tone: Tone;
  role?: "alert" | "status";
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div role={role} className={`rounded-xl px-4 py-3 text-sm ${TONES[tone]}`}>
      {title !== undefined && <p className="font-semibold">{title}</p>}
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}
