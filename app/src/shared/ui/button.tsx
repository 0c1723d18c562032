import type { ComponentProps } from "react";

const LOOKS = {
  primary: "bg-brand text-on-brand hover:bg-brand-strong border-transparent",
  secondary: "bg-surface text-ink hover:bg-sunken border-line-strong",
  quiet: "bg-transparent text-ink hover:bg-sunken border-transparent",
  danger: "bg-surface text-loss hover:bg-loss-soft border-loss",
} as const;

const SIZES = { normal: "min-h-11 px-5 py-1.5", small: "min-h-9 px-3 py-1 text-sm" } as const;

export interface Looks {
  readonly look?: keyof typeof LOOKS;
  readonly size?: keyof typeof SIZES;
}

/** Classes of something that looks like a button, also a link. */
export function buttonClass({ look = "primary", size = "normal" }: Looks = {}): string {
  return `inline-flex max-w-full min-w-0 items-center text-center justify-center gap-2 rounded-lg border font-semibold transition-colors disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted ${LOOKS[look]} ${SIZES[size]}`;
}

export function Button({ look, size, className = "", ...rest }: ComponentProps<"button"> & Looks) {
  const looks = { ...(look && { look }), ...(size && { size }) };
  return <button type="button" className={`${buttonClass(looks)} ${className}`} {...rest} />;
}
