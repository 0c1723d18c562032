/** In place of the tables by which ethers normalises ENS names: nothing here resolves a name, and none may be mistaken for an address. */
export function ens_normalize(name: string): string {
  throw new Error(`${name} is no address: names are not resolved here`);
}
