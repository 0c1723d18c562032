// The compiler's syntax tree, as far as the operators read it.

/** Any node: its fields beyond these are looked at through the functions below. */
export interface Node {
  readonly nodeType: string;
  /** `start:length:file`, counted in bytes of UTF-8. */
  readonly src: string;
  readonly [field: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    "nodeType" in value &&
    typeof value.nodeType === "string" &&
    "src" in value &&
    typeof value.src === "string"
  );
}

/** First byte of a node, and the first after it. */
export function spanOf({ src }: Node): { start: number; end: number } {
  const [start, length] = src.split(":").map(Number);
  if (start === undefined || length === undefined) throw new Error(`The compiler gives no place: ${src}`);
  return { start, end: start + length };
}

/** The node in a field that has to hold one. */
export function child(node: Node, field: string): Node {
  const value = node[field];
  if (!isNode(value)) throw new Error(`${node.nodeType} at ${node.src} has no ${field}`);
  return value;
}

/** The nodes in a field, in their order; none if it holds none. */
export function children(node: Node, field: string): Node[] {
  const value = node[field];
  if (Array.isArray(value)) return value.filter(isNode);
  return isNode(value) ? [value] : [];
}

export function text(node: Node, field: string): string {
  const value = node[field];
  return typeof value === "string" ? value : "";
}

export function isStatement({ nodeType }: Node): boolean {
  return /Statement$|^Return$|Block$/.test(nodeType);
}

/** Visits a node and all below it, each with those above it, the nearest first. */
export function walk(
  node: Node,
  visit: (node: Node, above: readonly Node[]) => void,
  above: readonly Node[] = [],
): void {
  visit(node, above);
  const inner = [node, ...above];
  for (const field of Object.keys(node)) for (const below of children(node, field)) walk(below, visit, inner);
}

/** A source, in the bytes that the tree counts. */
export class SourceText {
  readonly #bytes: Buffer;

  constructor(content: string) {
    this.#bytes = Buffer.from(content);
  }

  slice(start: number, end?: number): string {
    return this.#bytes.toString("utf8", start, end);
  }

  of(node: Node): string {
    const { start, end } = spanOf(node);
    return this.slice(start, end);
  }

  /** Past the semicolon at `end`, if there is one. */
  pastSemicolon(end: number): number {
    return this.slice(end, end + 1) === ";" ? end + 1 : end;
  }

  /** Line of a byte, counted from 1. */
  lineOf(start: number): number {
    return this.slice(0, start).split("\n").length;
  }
}
