// Errors of contracts that called another one, and carry what that reverted with.

/** Which argument of each is the inner revert data, by selector. */
const INNER: Readonly<Record<string, number>> = {
  "65c8fd4d": 2, // ERC-4337: FailedOpWithRevert(uint256 opIndex, string reason, bytes inner)
  "90bfb865": 2, // ERC-7751: WrappedError(address target, bytes4 selector, bytes reason, bytes details)
};

const WORD = 64;

/** The revert data inside a wrapping error; undefined if it is none, or carries nothing. */
export function unwrap(data: string): string | undefined {
  const position = INNER[data.slice(2, 10).toLowerCase()];
  if (position === undefined) return undefined;
  const digits = data.slice(10);
  const offset = wordAt(digits, position * WORD);
  const length = offset === undefined ? undefined : wordAt(digits, offset);
  if (offset === undefined || length === undefined || length === 0) return undefined;
  const inner = digits.slice(offset + WORD, offset + WORD + length);
  return inner.length === length ? `0x${inner}` : undefined;
}

/** A word that counts bytes, in digits; undefined if the data ends before, or is shorter than it says. */
function wordAt(digits: string, at: number): number | undefined {
  const word = digits.slice(at, at + WORD);
  if (word.length < WORD) return undefined;
  const bytes = BigInt(`0x${word}`);
  return bytes * 2n > BigInt(digits.length) ? undefined : Number(bytes) * 2;
}
