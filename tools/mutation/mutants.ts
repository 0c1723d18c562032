// The mutants of a source: what each changes, where, and by which name it is known.
import { createHash } from "node:crypto";

import { changesAt, type Change, type Operator } from "./operators.ts";
import { isStatement, SourceText, spanOf, walk, type Node } from "./syntax.ts";

/** Nodes of which a change may touch the sign alone. */
const SIGNED = new Set(["BinaryOperation", "Assignment"]);

export interface Mutant {
  /** Follows from file, function and change: stays the same while lines around it come and go. */
  id: string;
  file: string;
  line: number;
  /** Contract and function, as in `Pool._surplus`. */
  where: string;
  operator: Operator;
  /** The text that is replaced, and what by; on one line each. */
  before: string;
  after: string;
  /** The whole mutated source. */
  content: string;
}

function digest(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function oneLine(code: string): string {
  return code.replaceAll(/\s+/g, " ").trim();
}

function place(node: Node, above: readonly Node[]): string {
  const names: string[] = [];
  for (const { nodeType, name, kind } of [node, ...above]) {
    if (nodeType === "ContractDefinition") names.unshift(String(name));
    if (nodeType === "FunctionDefinition") names.unshift(name === "" ? String(kind) : String(name));
  }
  return names.join(".");
}

/** What surrounds a change where that alone would say little: the expression around a sign or a number. */
function shown(node: Node, above: readonly Node[], source: SourceText, change: Change) {
  const parent = above[0];
  const around = node.nodeType === "Literal" && parent !== undefined && !isStatement(parent) ? parent : node;
  const inside = change.start > spanOf(node).start || change.end < spanOf(node).end;
  const whole = node.nodeType === "Literal" || (inside && SIGNED.has(node.nodeType));
  const { start, end } = whole ? spanOf(around) : change;
  return {
    before: oneLine(source.slice(start, end)),
    after: oneLine(source.slice(start, change.start) + change.replacement + source.slice(change.end, end)),
  };
}

/** All mutants of a source, in the order of their lines, without those whose text another one has already. */
export function mutantsOf(file: string, content: string, tree: Node): Mutant[] {
  const source = new SourceText(content);
  const seen = new Map<string, number>();
  const mutants = new Map<string, Mutant>();
  walk(tree, (node, above) => {
    for (const change of changesAt(node, above, source)) {
      const mutated = source.slice(0, change.start) + change.replacement + source.slice(change.end);
      const where = place(node, above);
      const { before, after } = shown(node, above, source, change);
      const name = digest(file, where, change.operator, before, after);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      if (mutants.has(mutated)) continue;
      mutants.set(mutated, {
        id: digest(name, String(count)).slice(0, 10),
        file,
        line: source.lineOf(change.start),
        where,
        operator: change.operator,
        before,
        after,
        content: mutated,
      });
    }
  });
  return [...mutants.values()].sort((a, b) => a.line - b.line || a.id.localeCompare(b.id));
}

/** What a result holds for: the mutant's own text. */
export function contentHash({ file, content }: Pick<Mutant, "file" | "content">): string {
  return digest(file, content).slice(0, 20);
}
