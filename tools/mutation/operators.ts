// What is changed in a source, one thing at a time. Each operator leaves out what another one already does: the branch
// that is never taken, for instance, is one mutant and not two, and a condition is not inverted where it is forced both
// ways, because whichever test notices one of those notices the inversion.
import { child, children, spanOf, text, type Node, type SourceText } from "./syntax.ts";

export const OPERATORS = {
  arithmetic: "an arithmetic, shift or bit operator for its opposite",
  relational: "the bound itself moved in or out of a comparison; `==` for `!=` where the result is a value",
  logical: "one side of `&&` or `||` left out; `~` left out, and `!` where the result is a value",
  condition: "a branch always or never taken",
  constant: "a number one higher (constants one lower too), a truth value inverted, a text emptied",
  choice: "`min` for `max`, a rounding down for one up",
  guard: "a `require`, or a conditional `revert`, removed",
  modifier: "a modifier removed",
  statement: "a statement removed",
} as const;

export type Operator = keyof typeof OPERATORS;

/** Bytes `start` to `end` of a source, to be replaced. */
export interface Change {
  operator: Operator;
  start: number;
  end: number;
  replacement: string;
}

const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "**": "*",
  "<<": ">>",
  ">>": "<<",
  "&": "|",
  "|": "&",
  "^": "&",
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "|=": "&=",
  "&=": "|=",
  "<<=": ">>=",
  ">>=": "<<=",
};

const RELATIONAL: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
};

/** Library functions, and members of their enumerations, that stand for one of two ways. */
const CHOICES: ReadonlyMap<string, string> = new Map([
  ["min", "max"],
  ["max", "min"],
  ["Ceil", "Floor"],
  ["Floor", "Ceil"],
]);

const REMOVABLE = new Set(["ExpressionStatement", "EmitStatement", "Return", "RevertStatement", "InlineAssembly"]);

function over(node: Node, operator: Operator, replacement: string): Change {
  return { operator, ...spanOf(node), replacement };
}

/** Replaces the sign between two operands, which the tree does not place: it is in what is neither of them. */
function sign(operator: Operator, left: Node, right: Node, source: SourceText, from: string, to: string): Change {
  const [start, end] = [spanOf(left).end, spanOf(right).start];
  return { operator, start, end, replacement: source.slice(start, end).replace(from, to) };
}

/** Whether the node's truth value decides a branch, a guard or one side of `&&` or `||`: all of those are forced. */
function isCondition(node: Node, above: readonly Node[]): boolean {
  const parent = above[0];
  if (parent === undefined) return false;
  if (parent.nodeType === "TupleExpression") return isCondition(parent, above.slice(1));
  if (parent.nodeType === "UnaryOperation") return isCondition(parent, above.slice(1));
  if (parent.nodeType === "BinaryOperation") return ["&&", "||"].includes(text(parent, "operator"));
  return parent["condition"] === node || (isCallOf(parent, "require") && children(parent, "arguments")[0] === node);
}

function isEquality(node: Node): boolean {
  return node.nodeType === "BinaryOperation" && ["==", "!="].includes(text(node, "operator"));
}

function binary(node: Node, above: readonly Node[], source: SourceText): Change[] {
  const [left, right] = [child(node, "leftExpression"), child(node, "rightExpression")];
  const from = text(node, "operator");
  if (from === "&&" || from === "||") {
    return [over(node, "logical", source.of(left)), over(node, "logical", source.of(right))];
  }
  if (isEquality(node) && isCondition(node, above)) return [];
  const operator = from in RELATIONAL ? "relational" : "arithmetic";
  const to = RELATIONAL[from] ?? ARITHMETIC[from];
  if (to === undefined) return [];
  return [sign(operator, left, right, source, from, to)];
}

function assignment(node: Node, source: SourceText): Change[] {
  const from = text(node, "operator");
  const to = ARITHMETIC[from];
  if (to === undefined) return [];
  return [sign("arithmetic", child(node, "leftHandSide"), child(node, "rightHandSide"), source, from, to)];
}

function unary(node: Node, above: readonly Node[], source: SourceText): Change[] {
  const operand = source.of(child(node, "subExpression"));
  const from = text(node, "operator");
  if (from === "!" && isCondition(node, above)) return [];
  if (from === "!" || from === "~") return [over(node, "logical", operand)];
  // A loop that counts the wrong way reverts at its second turn: every test of the loop would notice.
  const counts = above.some(({ nodeType }) => nodeType === "ForStatement") && above[1]?.nodeType === "ForStatement";
  if ((from !== "++" && from !== "--") || counts) return [];
  return [over(node, "arithmetic", source.of(node).replace(from, from === "++" ? "--" : "++"))];
}

/** A hexadecimal literal keeps its width, on which its type depends; `1e18` and `2 days` are left readable. */
function moved(literal: string, by: 1n | -1n): string {
  const plain = literal.replaceAll("_", "");
  if (plain.startsWith("0x")) return `0x${(BigInt(plain) + by).toString(16).padStart(plain.length - 2, "0")}`;
  if (/^\d+$/.test(plain)) return String(BigInt(plain) + by);
  return by === 1n ? `(${literal} + 1)` : `(${literal} - 1)`;
}

function literal(node: Node, above: readonly Node[], source: SourceText): Change[] {
  const written = source.of(node);
  const kind = text(node, "kind");
  if (kind === "bool") return [over(node, "constant", written === "true" ? "false" : "true")];
  if (kind === "string" || kind === "unicodeString" || kind === "hexString") {
    return text(node, "hexValue") === "" ? [] : [over(node, "constant", '""')];
  }
  if (kind !== "number") return [];
  // Told apart from zero or not is what the guard or the branch is about, and that is forced.
  const compared = above.find(({ nodeType }) => nodeType !== "FunctionCall");
  if (compared !== undefined && isEquality(compared)) return [];
  const type = node["typeDescriptions"];
  if (typeof type === "object" && type !== null && "typeString" in type && type.typeString === "address") {
    return [over(node, "constant", "address(1)")];
  }
  const declared = above.some((parent) => parent.nodeType === "VariableDeclaration" && parent["constant"] === true);
  // Zero has nothing below it, and one lower than one is told apart by every use of the constant.
  const both = declared && text(node, "value") !== "0" && text(node, "value") !== "1";
  return both
    ? [over(node, "constant", moved(written, 1n)), over(node, "constant", moved(written, -1n))]
    : [over(node, "constant", moved(written, 1n))];
}

function member(node: Node, source: SourceText): Change[] {
  const name = text(node, "memberName");
  const owner = child(node, "expression");
  if (name === "max" && source.of(owner).startsWith("type("))
    return [over(node, "constant", `(${source.of(node)} - 1)`)];
  const to = CHOICES.get(name);
  return to === undefined ? [] : [over(node, "choice", `${source.of(owner)}.${to}`)];
}

function isCallOf(node: Node, name: string): boolean {
  if (node.nodeType !== "FunctionCall") return false;
  const called = child(node, "expression");
  return text(called, "name") === name || text(called, "memberName") === name;
}

function call(node: Node, source: SourceText): Change[] {
  const [dividend, divisor] = children(node, "arguments");
  if (!isCallOf(node, "ceilDiv") || dividend === undefined || divisor === undefined) return [];
  return [over(node, "choice", `((${source.of(dividend)}) / (${source.of(divisor)}))`)];
}

/** The statements of a body, which may be a block or a single one. */
function statementsOf(body: Node): Node[] {
  return body.nodeType === "Block" || body.nodeType === "UncheckedBlock" ? children(body, "statements") : [body];
}

function alwaysReverts(body: Node): boolean {
  const [only, ...more] = statementsOf(body);
  return more.length === 0 && only?.nodeType === "RevertStatement";
}

function forced(node: Node, source: SourceText): Change[] {
  const condition = child(node, "condition");
  const never = over(condition, "condition", "false");
  // An endless loop would be ended by the gas, which every test of the loop would notice.
  if (node.nodeType === "WhileStatement" || node.nodeType === "ForStatement") return [never];
  const guards = node.nodeType === "IfStatement" && alwaysReverts(child(node, "trueBody"));
  return guards ? [removed(node, "guard", source)] : [over(condition, "condition", "true"), never];
}

/** Whether removing the statement is what never taking its branch, or never running its loop, is already. */
function aloneInBranch(node: Node, above: readonly Node[]): boolean {
  const parent = above[0];
  if (parent === undefined) return false;
  if (parent.nodeType === "Block" || parent.nodeType === "UncheckedBlock") {
    return statementsOf(parent).length === 1 && aloneInBranch(parent, above.slice(1));
  }
  if (parent.nodeType === "IfStatement") return parent["falseBody"] === undefined || parent["falseBody"] === null;
  return parent.nodeType === "ForStatement" || parent.nodeType === "WhileStatement";
}

/** The tree leaves the semicolon of a simple statement out. */
function removed(node: Node, operator: Operator, source: SourceText): Change {
  const { start, end } = spanOf(node);
  return { operator, start, end: source.pastSemicolon(end), replacement: "{}" };
}

function removal(node: Node, above: readonly Node[], source: SourceText): Change[] {
  if (node.nodeType === "ExpressionStatement" && isCallOf(child(node, "expression"), "require")) {
    return [removed(node, "guard", source)];
  }
  // A loop's own step is an expression statement too; and an `if` around a `revert` is a guard.
  if (above[0]?.nodeType === "ForStatement" && above[0]["body"] !== node) return [];
  if (aloneInBranch(node, above)) return [];
  return [removed(node, "statement", source)];
}

/** Every change that an operator makes at this node itself; `above` are those around it, the nearest first. */
export function changesAt(node: Node, above: readonly Node[], source: SourceText): Change[] {
  switch (node.nodeType) {
    case "BinaryOperation":
      return binary(node, above, source);
    case "Assignment":
      return assignment(node, source);
    case "UnaryOperation":
      return unary(node, above, source);
    case "Literal":
      return literal(node, above, source);
    case "MemberAccess":
      return member(node, source);
    case "FunctionCall":
      return call(node, source);
    case "IfStatement":
    case "Conditional":
    case "WhileStatement":
    case "ForStatement":
      return forced(node, source);
    case "YulLiteral":
      return text(node, "kind") === "number" ? [over(node, "constant", String(BigInt(source.of(node)) + 1n))] : [];
    case "YulIdentifier":
      return source.of(node) === "add" ? [over(node, "arithmetic", "sub")] : [];
    case "ModifierInvocation":
      return text(node, "kind") === "modifierInvocation" ? [over(node, "modifier", "")] : [];
    default:
      return REMOVABLE.has(node.nodeType) ? removal(node, above, source) : [];
  }
}
