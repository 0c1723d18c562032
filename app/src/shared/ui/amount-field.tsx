import type { Token } from "@termstake/sdk/pools";
import { useId } from "react";

import { useText } from "../../i18n/index.ts";
import { readingsOf, shownReading, typedAmount, typedReading } from "../amount-text.ts";
import { formatBps } from "../format.ts";
import { TokenSymbol } from "./pieces.tsx";

const SHARES = [25n, 50n, 75n, 100n] as const;

interface Properties {
  readonly label: string;
  readonly token: Token;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** What the shares are of, in base units; undefined hides them. */
  readonly whole: bigint | undefined;
  /** Most that "Max" enters, in base units; the whole, if it is left out. */
  readonly most?: bigint;
  readonly hint?: React.ReactNode;
  /** What is wrong with the amount. */
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

/** An amount of a token, typed or taken as a share of a whole. */
export function AmountField({
  label,
  token,
  text,
  onChange,
  whole,
  most = whole,
  hint,
  error,
  disabled = false,
}: Properties) {
  const { t, locale } = useText();
  const id = useId();
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="text-muted text-sm">
            {hint}
          </span>
        )}
      </div>
      <div
        className={`field focus-within:outline-brand flex items-center gap-2 focus-within:outline-2 ${error === undefined ? "" : "border-loss"}`}
      >
        <input
          id={id}
          className="min-h-12 w-full min-w-0 bg-transparent text-2xl font-semibold outline-none"
          inputMode="decimal"
          autoComplete="off"
          placeholder="0"
          value={text}
          disabled={disabled}
          onChange={({ target }) => {
            onChange(target.value);
          }}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-error ${id}-hint`}
        />
        <span className="text-muted font-semibold">
          <TokenSymbol token={token} />
        </span>
      </div>
      {whole !== undefined && most !== undefined && (
        <div className="grid grid-cols-4 gap-2" role="group" aria-label={t("amount.shares")}>
          {SHARES.map((share) => (
            <button
              key={share}
              type="button"
              disabled={disabled || whole === 0n}
              className="border-line hover:border-brand hover:text-brand disabled:text-muted min-h-9 rounded-lg border text-sm font-semibold disabled:hover:border-line"
              onClick={() => {
                const part = share === 100n ? most : (whole * share) / 100n;
                onChange(typedAmount(part < most ? part : most, token.decimals, locale));
              }}
            >
              {share === 100n ? t("amount.max") : formatBps(share * 100n, locale)}
            </button>
          ))}
        </div>
      )}
      <Readings text={text} token={token} disabled={disabled} onChange={onChange} />
      <p id={`${id}-error`} aria-live="polite" className="text-loss text-sm font-medium empty:hidden">
        {error}
      </p>
    </div>
  );
}

/** The amounts that a text may mean, where they are two: a click decides, and writes the one that is meant. */
function Readings({ text, token, disabled, onChange }: Pick<Properties, "text" | "token" | "onChange" | "disabled">) {
  const { t, locale } = useText();
  const readings = readingsOf(text);
  if (readings.length < 2) return null;
  return (
    <div className="grid grid-cols-2 gap-2" role="group" aria-label={t("amount.which")}>
      {readings.map((reading) => (
        <button
          key={reading}
          type="button"
          disabled={disabled}
          className="border-warn text-warn hover:bg-warn-soft min-h-9 rounded-lg border px-2 text-sm font-semibold"
          onClick={() => {
            onChange(typedReading(reading, locale));
          }}
        >
          {shownReading(reading, locale)} <TokenSymbol token={token} />
        </button>
      ))}
    </div>
  );
}
