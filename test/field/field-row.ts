import { AssertionError, expect } from "chai";

/**
 * One row of what has gone wrong in the field: the same scenario must hold for the real contract and must be seen to
 * fail for one with the fault planted in it. A scenario states its promise with `expect`; anything else that it throws is
 * a broken scenario, never a fault found. An operation that a fault may hold up is therefore stated as
 * `expect(...).not.to.be.revert(ethers)`.
 *
 * @param row What was seen in the field.
 * @param scenario What must hold, whatever subject it is given.
 * @param real Makes the contract that ships, on a fresh state.
 * @param faulty Makes a variant with the fault, on a fresh state.
 */
export function fieldRow<Subject>(
  row: string,
  scenario: (subject: Subject) => Promise<void>,
  real: () => Promise<Subject>,
  faulty: () => Promise<Subject>,
): void {
  describe(row, () => {
    it("holds", async () => {
      await scenario(await real());
    });

    it("is caught where the fault is planted", async () => {
      const subject = await faulty();
      expect(await violation(() => scenario(subject)), "the scenario held in spite of the fault").to.be.instanceOf(
        AssertionError,
      );
    });
  });
}

async function violation(run: () => Promise<void>): Promise<unknown> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
}
