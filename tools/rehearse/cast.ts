import { hexlify, id, Wallet } from "ethers";

/** Everybody who acts in a rehearsal; the keys follow from their names, and nothing but rehearsals uses them. */
export const CAST = [
  "deployer",
  "admin",
  "operator",
  "guardian",
  "funder",
  "alice",
  "bob",
  "treasury",
  "newcomer",
] as const;

export type Actor = (typeof CAST)[number];

export function keyOf(actor: Actor): string {
  return hexlify(id(`termstake rehearsal ${actor}`));
}

export function addressOf(actor: Actor): string {
  return new Wallet(keyOf(actor)).address;
}
