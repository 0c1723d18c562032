/** A text that is no amount, rate or duration; the message names it and says what is one. */
export class UnitError extends Error {
  override readonly name = "UnitError";
}
