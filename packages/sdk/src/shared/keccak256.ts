// The one file with a dependency: the published package has it inlined, so that it depends on nothing.
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Keccak-256 of bytes in hexadecimal digits. */
export function keccak256(data: `0x${string}`): `0x${string}` {
  return `0x${bytesToHex(keccak_256(hexToBytes(data.slice(2))))}`;
}
