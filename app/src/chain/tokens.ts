// What the page needs of ERC-20 tokens, and ERC-2612 permits where a token has them.
import { BaseContract, Interface, isError, Signature, TypedDataEncoder, type ContractRunner } from "ethers";

import type { Reader } from "./reader.ts";
import type { Signer } from "./wallets.ts";

const ABI = [
  "function name() view returns (string)",
  "function version() view returns (string)",
  "function balanceOf(address) view returns (uint256)",
  "function allowance(address, address) view returns (uint256)",
  "function approve(address, uint256) returns (bool)",
  "function nonces(address) view returns (uint256)",
  "function permit(address, address, uint256, uint256, uint8, bytes32, bytes32)",
  "function DOMAIN_SEPARATOR() view returns (bytes32)",
];

/** How long a permit is good for: long enough to be read and mined, not to lie around. */
const PERMIT_SECONDS = 20 * 60;

const PERMIT_TYPES = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

interface Erc20 {
  name(): Promise<string>;
  version(): Promise<string>;
  balanceOf(account: string): Promise<bigint>;
  allowance(owner: string, spender: string): Promise<bigint>;
  nonces(owner: string): Promise<bigint>;
  DOMAIN_SEPARATOR(): Promise<string>;
}

interface PermitDomain {
  readonly name: string;
  readonly version: string;
  readonly chainId: number;
  readonly verifyingContract: string;
}

/** What an account can spend, in base units. */
export interface Purse {
  readonly balance: bigint;
  readonly allowance: bigint;
  /** The domain to sign a permit in; undefined where the token has no permits, or the account cannot sign them. */
  readonly permit: PermitDomain | undefined;
}

export interface SignedPermit {
  readonly deadline: number;
  readonly v: number;
  readonly r: string;
  readonly s: string;
}

function erc20(address: string, runner: ContractRunner): BaseContract & Erc20 {
  return BaseContract.from<Erc20>(address, ABI, runner);
}

/** Balance of a token alone. */
export async function readBalance({ provider }: Reader, token: string, account: string): Promise<bigint> {
  return erc20(token, provider).balanceOf(account);
}

/** What `account` has of `token` and lets `spender` take. */
export async function readPurse(reader: Reader, token: string, account: string, spender: string): Promise<Purse> {
  const contract = erc20(token, reader.provider);
  const [balance, allowance, permit] = await Promise.all([
    contract.balanceOf(account),
    contract.allowance(account, spender),
    permitDomain(reader, token, account),
  ]);
  return { balance, allowance, permit };
}

/**
 * The domain that the token hashes permits in, found by trying and confirmed by its separator: a permit signed in another one
 * would be worth nothing. A contract account cannot sign.
 */
async function permitDomain(reader: Reader, token: string, account: string): Promise<PermitDomain | undefined> {
  const contract = erc20(token, reader.provider);
  try {
    const [code, separator, name, version] = await Promise.all([
      reader.provider.getCode(account),
      contract.DOMAIN_SEPARATOR(),
      contract.name(),
      contract.version().catch(() => "1"),
      contract.nonces(account),
    ]);
    if (code !== "0x") return undefined;
    const domain = { name, version, chainId: reader.deployment.chainId, verifyingContract: token };
    return TypedDataEncoder.hashDomain(domain) === separator ? domain : undefined;
  } catch (error) {
    if (isError(error, "NETWORK_ERROR")) throw error;
    return undefined; // the token has no permits
  }
}

/** Asks the wallet for a permit of exactly `value`, from now on by the chain's clock. */
export async function signPermit(
  { reader, signer }: { readonly reader: Reader; readonly signer: Signer },
  domain: PermitDomain,
  spender: string,
  value: bigint,
  now: number,
  asking: () => void,
): Promise<SignedPermit> {
  const nonce = await erc20(domain.verifyingContract, reader.provider).nonces(signer.address);
  const deadline = Math.floor(now) + PERMIT_SECONDS;
  const message = { owner: signer.address, spender, value, nonce, deadline };
  const payload: unknown = TypedDataEncoder.getPayload({ ...domain }, PERMIT_TYPES, message);
  const params = [signer.address.toLowerCase(), JSON.stringify(payload)];
  const signature = await signer.request("eth_signTypedData_v4", params, asking);
  const { v, r, s } = Signature.from(String(signature));
  return { deadline, v, r, s };
}

/** Whether a permit lets `spender` take `value`: it may have been used already, by anybody. */
export async function permitCounts(
  { provider }: Reader,
  token: string,
  owner: string,
  spender: string,
  value: bigint,
  { deadline, v, r, s }: SignedPermit,
): Promise<boolean> {
  const contract = erc20(token, provider);
  const data = contract.interface.encodeFunctionData("permit", [owner, spender, value, deadline, v, r, s]);
  const accepted = await provider.call({ to: token, from: spender, data, blockTag: "pending" }).then(
    () => true,
    (error: unknown) => !refuses(error),
  );
  return accepted || (await contract.allowance(owner, spender)) >= value;
}

/** The call that approves exactly `amount`. */
export function approval(spender: string, amount: bigint): string {
  return new Interface(ABI).encodeFunctionData("approve", [spender, amount]);
}

/** What an owner lets a spender take now. */
export async function readAllowance(
  { provider }: Reader,
  token: string,
  owner: string,
  spender: string,
): Promise<bigint> {
  return erc20(token, provider).allowance(owner, spender);
}

/** Whether the token refuses to change an allowance that is not zero to `amount`, as some do. */
export async function needsReset(
  reader: Reader,
  token: string,
  owner: string,
  spender: string,
  amount: bigint,
): Promise<boolean> {
  const data = erc20(token, reader.provider).interface.encodeFunctionData("approve", [spender, amount]);
  return reader.provider.call({ to: token, from: owner, data }).then(() => false, refuses);
}

/** True of what a contract refuses with; throws what is not a contract's word, as when the node cannot answer. */
function refuses(error: unknown): true {
  if (isError(error, "CALL_EXCEPTION")) return true;
  throw error;
}
