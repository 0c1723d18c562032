/** In place of the tables by which ethers normalises ENS names: nothing here resolves a name, and none may be mistaken for an address. */
export function ens_normalize(name: string): never {
  throw new Error(`${name} is no address: names are not resolved here`);
}

/** In place of ethers' resolver of names. */
export const EnsResolver = {
  fromName(_provider: unknown, name: string): never {
    return ens_normalize(name);
  },
};

/** Belongs to that resolver; ethers passes it on by name. */
export const MulticoinProviderPlugin = undefined;
