import { FixedTermPool__factory, FlexiblePool__factory } from "../../types/index.ts";

const interfaces = [FixedTermPool__factory.createInterface(), FlexiblePool__factory.createInterface()];

export interface DecodedError {
  name: string;
  args: Record<string, unknown>;
  sentence: string;
}

export function decodeError(error: unknown): DecodedError | undefined {
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  while (queue.length > 0) {
    const entry = queue.shift();
    if (typeof entry === "string" && /^0x[0-9a-f]{8,}$/i.test(entry)) {
      for (const candidate of interfaces) {
        const parsed = candidate.parseError(entry);
        if (parsed === null) continue;
        const args: Record<string, unknown> = parsed.args.toObject();
        return { name: parsed.name, args, sentence: parsed.signature };
      }
    }
    if (typeof entry !== "object" || entry === null || seen.has(entry)) continue;
    seen.add(entry);
    for (const key of ["data", "error", "info", "cause"]) queue.push(Reflect.get(entry, key));
  }
  return undefined;
}
