/** The reason why the protocol refuses an operation; nothing has changed then. */
export class Refusal extends Error {
  constructor(
    /** Name of the contracts' error. */
    readonly error: string,
    /** Its values, in the order of its declaration. */
    readonly values: readonly (bigint | string)[] = [],
  ) {
    super(`${error}(${values.join(", ")})`);
    this.name = "Refusal";
  }
}

/** Throws a refusal unless the condition holds. */
export function require(condition: boolean, error: string, ...values: (bigint | string)[]): asserts condition {
  if (!condition) throw new Refusal(error, values);
}
