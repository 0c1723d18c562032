// `npm run prove`: theorems about the arithmetic, proved by the compiler's SMT checker for every input in range.
// Each proof is run again with faults planted in what it is about, and has to fail: what proves anything proves nothing.
import { compile, readSource, type Diagnostic } from "../build/solidity-compiler.ts";

const MATH = "@openzeppelin/contracts/utils/math/Math.sol";
const FORMULAS = "test/proofs/Formulas.sol";
const PENALTY = "contracts/libraries/EarlyWithdrawalPenalty.sol";

interface Fault {
  file: string;
  from: string;
  to: string;
}

interface Proof {
  contract: string;
  faults: readonly Fault[];
}

/** In each contract under test/proofs, and what has to break it. */
const PROOFS: readonly Proof[] = [
  {
    contract: "PenaltyProof",
    faults: [
      { file: PENALTY, from: "BPS * duration)", to: "2_000 * duration)" },
      { file: PENALTY, from: "schedule.startBps * (duration - elapsed)", to: "schedule.startBps * elapsed" },
    ],
  },
  {
    contract: "SplitProof",
    faults: [{ file: FORMULAS, from: "(amount * bps) / 10_000", to: "(amount * bps) / 9_999" }],
  },
  {
    contract: "AccumulatorProof",
    faults: [
      { file: FORMULAS, from: "reward * elapsed", to: "reward * (duration - elapsed)" },
      { file: FORMULAS, from: "elapsed * scale", to: "elapsed * scale * 2" },
    ],
  },
  {
    contract: "StreamProof",
    faults: [
      { file: FORMULAS, from: "remaining + extra <= duration", to: "extra <= duration" },
      {
        file: FORMULAS,
        from: "(reward * remaining) / duration + total",
        to: "(reward * remaining) / duration + total - 1",
      },
      { file: FORMULAS, from: "reward * extra + duration - 1", to: "reward * extra" },
    ],
  },
];

/** Of a value's range and of arithmetic too, so that nothing overflows on the way. */
const TARGETS = ["assert", "underflow", "overflow", "divByZero"];

/** What the checker says of parts that it cannot read; an error's arguments change no result, so those may stay. */
const UNREAD = /does not yet (?:implement|support)/;
const ERROR_TYPE = /does not yet implement type error/;

function plant({ file, from, to }: Fault): Record<string, string> {
  const source = readSource(file);
  if (source.split(from).length !== 2) throw new Error(`${file} does not have "${from}" once`);
  return { [file]: source.replace(from, to) };
}

/**
 * Bounded model checking: the theorems are about pure functions without loops, where it misses nothing. No time limit
 * is set, because the compiler's build of the solver crashes with one.
 */
function check(contract: string, faults: Readonly<Record<string, string>> = {}): Diagnostic[] {
  const file = `test/proofs/${contract}.sol`;
  const modelChecker = {
    contracts: { [file]: [contract] },
    engine: "bmc",
    showProvedSafe: true,
    showUnproved: true,
    showUnsupported: true,
    solvers: ["z3"],
    targets: TARGETS,
  };
  return compile({
    sources: { [file]: readSource(file) },
    standIns: { [MATH]: readSource("test/proofs/PlainMath.sol"), ...faults },
    settings: { evmVersion: "cancun", modelChecker, outputSelection: { "*": { "*": [] } } },
  }).diagnostics;
}

interface Verdict {
  provedAsserts: number;
  provedInAll: number;
  refutedAsserts: number;
  doubts: string[];
}

function verdictOf(diagnostics: readonly Diagnostic[]): Verdict {
  const safe = diagnostics.filter(({ message }) => message.includes("check is safe!"));
  const doubtful = diagnostics.filter(
    ({ message }) =>
      /(?:might happen|happens) here/.test(message) || (UNREAD.test(message) && !ERROR_TYPE.test(message)),
  );
  return {
    provedAsserts: safe.filter(({ message }) => message.includes("Assertion violation")).length,
    provedInAll: safe.length,
    refutedAsserts: diagnostics.filter(({ message }) => message.includes("Assertion violation happens here")).length,
    doubts: doubtful.map(({ formattedMessage }) => formattedMessage),
  };
}

let failures = 0;

function report(ok: boolean, line: string): void {
  console.log(`${ok ? "ok  " : "FAIL"} ${line}`);
  if (!ok) failures += 1;
}

for (const { contract, faults } of PROOFS) {
  const expected = readSource(`test/proofs/${contract}.sol`).split("assert(").length - 1;
  const { provedAsserts, provedInAll, doubts } = verdictOf(check(contract));
  const proved = provedAsserts === expected && doubts.length === 0;
  report(proved, `${contract}: ${provedAsserts} of ${expected} theorems, ${provedInAll - provedAsserts} bounds`);
  if (!proved) console.log(doubts.join("\n"));

  for (const fault of faults) {
    const { refutedAsserts } = verdictOf(check(contract, plant(fault)));
    report(refutedAsserts > 0, `${contract}: refuted with "${fault.to}" for "${fault.from}"`);
  }
}
process.exit(failures === 0 ? 0 : 1);
