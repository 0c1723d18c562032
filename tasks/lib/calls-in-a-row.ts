import { concat, dataLength, toBeHex } from "ethers";

interface Call {
  readonly to: string;
  readonly data: string;
}

/** Bytes of the program that a call takes. */
const PART = 56;

/**
 * Code that makes calls one after the other as whoever's address it is put at, and reverts with what the first refusal says. By it a
 * transaction can be simulated that builds on others which were not sent yet, such as a stake on its approval.
 */
export function callsInARow(calls: readonly Call[]): string {
  let offset = calls.length * PART + 1;
  const parts = calls.map(({ to, data }, i) => {
    const size = toBeHex(dataLength(data), 4);
    const part = concat([
      ...["0x63", size, "0x63", toBeHex(offset, 4), "0x5f39"], // CODECOPY of the call's data to the memory's beginning
      ...["0x5f5f63", size, "0x5f5f73", to, "0x5af1"], // CALL with it, without value, with all gas
      ...["0x61", toBeHex((i + 1) * PART - 1, 2), "0x57"], // JUMPI to the end of the part if it succeeded
      ...["0x3d5f5f3e3d5ffd", "0x5b"], // REVERT with what it returned; JUMPDEST
    ]);
    offset += dataLength(data);
    return part;
  });
  return concat([...parts, "0x00", ...calls.map(({ data }) => data)]);
}
