import { expect } from "chai";

import { mutantsIn, mutatedSources } from "../../tools/mutation/campaign.ts";
import { complaints, count, type Tried } from "../../tools/mutation/report.ts";
import { subjectOf, testsOf } from "../../tools/mutation/subjects.ts";

const HEADER = "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n";

/** Every change made in a contract with this body, as `operator: before → after`. */
function changes(body: string): string[] {
  return mutantsIn({ "contracts/Sample.sol": `${HEADER}contract Sample {\n${body}\n}\n` }).map(
    ({ operator, before, after }) => `${operator}: ${before} → ${after}`,
  );
}

/** A mutant of its own with this outcome. */
function tried(id: string, outcome: "killed" | "survived" | "equivalent"): Tried {
  const [mutant] = mutantsIn({
    "contracts/Sample.sol": `${HEADER}contract Sample { uint256 constant A = 5; }\n`,
  });
  if (mutant === undefined) throw new Error("the sample has no mutant");
  return { mutant: { ...mutant, id }, result: { id, content: "", outcome } };
}

describe("mutants", () => {
  it("change a sum, a bound, a branch, a constant and a statement, one at a time", () => {
    const body = `
      uint256 private constant _MOST = 10;
      uint256 public total;
      function add(uint256 amount) external {
        if (amount < _MOST) total += amount;
        total = total - 1;
      }`;
    expect(changes(body)).to.have.members([
      "constant: uint256 private constant _MOST = 10 → uint256 private constant _MOST = 11",
      "constant: uint256 private constant _MOST = 10 → uint256 private constant _MOST = 9",
      "arithmetic: total += amount → total -= amount",
      "condition: amount < _MOST → true",
      "condition: amount < _MOST → false",
      "relational: amount < _MOST → amount <= _MOST",
      "arithmetic: total - 1 → total + 1",
      "constant: total - 1 → total - 2",
      "statement: total = total - 1; → {}",
    ]);
  });

  it("remove guards and modifiers, and leave out one side of a condition", () => {
    const body = `
      error Refused();
      modifier guarded() { _; }
      function check(bool a, bool b) external pure guarded {
        require(a && b, "no");
        if (a) revert Refused();
      }`;
    const found = changes(body);
    expect(found).to.include.members([
      "modifier: guarded → ",
      'guard: require(a && b, "no"); → {}',
      "guard: if (a) revert Refused(); → {}",
      "logical: a && b → a",
      "logical: a && b → b",
    ]);
  });

  it("keep the id of a change while lines around it come and go", () => {
    const ids = (before: string) =>
      mutantsIn({
        "contracts/Sample.sol": `${HEADER}contract Sample {${before} uint256 constant A = 5; }\n`,
      }).map(({ id, line }) => ({ id, line }));
    const [first] = ids("");
    const [second] = ids("\n\n");
    expect(second?.id).to.equal(first?.id);
    expect(second?.line).to.equal((first?.line ?? 0) + 2);
  });
});

describe("a full run of mutants", () => {
  it("has contracts and tests for every source", async () => {
    const sources = await mutatedSources();
    expect(sources).to.include("contracts/FixedTermPool.sol");
    for (const source of sources) {
      const subject = subjectOf(source);
      expect(subject.contracts, source).not.to.be.empty;
      expect(testsOf(subject), source).not.to.be.empty;
    }
  });

  const enough = Array.from({ length: 99 }, (_, index) => tried(`killed-${index}`, "killed"));

  it("is scored by those that compile and differ", () => {
    const { score, killed, survived, equivalent } = count(
      [...enough, tried("a", "survived"), tried("b", "equivalent")],
      new Map(),
    );
    expect({ score, killed, survived, equivalent }).to.deep.equal({
      score: 99,
      killed: 99,
      survived: 1,
      equivalent: 1,
    });
  });

  it("leaves a survivor out whose equivalence a second reader tried to refute, and no other", () => {
    const survivors = [...enough, tried("a", "survived"), tried("b", "survived")];
    const reasons = new Map([
      ["a", { why: "because", tried: "every boundary" }],
      ["b", { why: "because", tried: undefined }],
    ]);
    const { score, survived, confirmed } = count(survivors, reasons);
    expect({ score, survived, confirmed }).to.deep.equal({ score: 99, survived: 2, confirmed: 1 });
  });

  it("fails for a survivor without an argument, for an argument without a survivor, and below the threshold", () => {
    const argued = new Map([["a", { why: "because", tried: undefined }]]);
    expect(complaints([...enough, tried("a", "survived")], argued)).to.deep.equal([]);
    expect(complaints([...enough, tried("a", "survived")], new Map())).to.have.lengthOf(1);
    expect(complaints(enough, argued)).to.deep.equal(["a has an argument and does not survive"]);
    const few = [tried("k", "killed"), tried("a", "survived")];
    expect(complaints(few, argued)).to.deep.equal(["The tests kill 50.0 %, less than 97 %"]);
  });
});
