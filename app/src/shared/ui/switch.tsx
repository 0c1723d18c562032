import * as Radix from "@radix-ui/react-switch";
import { useId } from "react";

interface Properties {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, disabled = false, onChange }: Properties) {
  const id = useId();
  return (
    <span className="inline-flex min-h-9 items-center gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="border-line-strong bg-sunken data-[state=checked]:bg-brand data-[state=checked]:border-brand h-6 w-11 shrink-0 rounded-full border p-0.5 transition-colors"
      >
        <Radix.Thumb className="bg-line-strong data-[state=checked]:bg-on-brand block size-4.5 rounded-full transition-transform data-[state=checked]:translate-x-5" />
      </Radix.Root>
      <label htmlFor={id} className="cursor-pointer text-sm font-medium">
        {label}
      </label>
    </span>
  );
}
