import * as Radix from "@radix-ui/react-toggle-group";

interface Properties<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One choice of a few, all visible. */
export function Segmented<T extends string>({ label, value, options, onChange }: Properties<T>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined) onChange(option.value);
      }}
      className="border-line bg-sunken inline-flex max-w-full rounded-lg border p-1"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="text-muted hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-card min-h-9 rounded-md px-3 text-sm font-semibold"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
