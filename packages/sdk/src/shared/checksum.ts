import { keccak256 } from "./keccak256.ts";

/** Writes an address of 40 hexadecimal digits with the upper and lower case that EIP-55 asks for. */
export function checksumAddress(digits: string): `0x${string}` {
  const lower = digits.toLowerCase();
  const characters = Array.from(lower, (digit) => digit.charCodeAt(0).toString(16));
  const hash = keccak256(`0x${characters.join("")}`).slice(2);
  const cased = Array.from(lower, (digit, i) => (parseInt(hash.charAt(i), 16) >= 8 ? digit.toUpperCase() : digit));
  return `0x${cased.join("")}`;
}
