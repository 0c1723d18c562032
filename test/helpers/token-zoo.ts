// Tokens that a staking protocol meets sooner or later, and what each does once somebody has staked it.
import type { PlainToken } from "../../types/index.js";
import { MAX_UINT256, type Connection } from "./fixtures.ts";

/** What a token may turn against. */
export interface Victim {
  /** The contract under test. */
  pool: string;
  /** Whom it pays. */
  staker: string;
  /** Calldata of a function of the contract that moves tokens, for tokens that call back. */
  reentry: string;
}

export interface ZooToken {
  name: string;
  /** A token that anyone can mint, typed as a plain one whatever it answers. */
  deploy(connection: Connection): Promise<PlainToken>;
  /** Whether it is special only in what it says of itself, which pools never ask. */
  onlySays?: true;
  /** Whether its permits do nothing, or are none; unless said, they work. */
  withoutPermit?: true;
  /** Turns the token against the victim; what cannot be turned is hostile, or harmless, from the beginning. */
  spoil?(connection: Connection, token: PlainToken, victim: Victim): Promise<unknown>;
  /** Takes it back. */
  mend?(connection: Connection, token: PlainToken, victim: Victim): Promise<unknown>;
}

const LONG_SYMBOL = "LONG".repeat(2_560);
const MARKUP_SYMBOL = `"'<script>&]]>\\`;

/** Values of `RefusingToken.Refusal`. */
const Refusal = { none: 0n, reverts: 1n, returnsFalse: 2n, burnsGas: 3n, revertsAtLength: 4n } as const;

/** Values of `BurnableToken.Burning`. */
const Burning = { works: 0n, reverts: 1n, doesNothing: 2n, takesHalf: 3n, takesTwice: 4n } as const;

async function deployAs({ ethers }: Connection, name: string, args: readonly unknown[] = []): Promise<PlainToken> {
  const contract = await (await ethers.getContractFactory(name)).deploy(...args);
  return ethers.getContractAt("PlainToken", await contract.getAddress());
}

function harmless(name: string, contract: string, args: readonly unknown[] = []): ZooToken {
  return { name, deploy: (connection) => deployAs(connection, contract, args) };
}

function plain(name: string, symbol: string, decimals = 18n): ZooToken {
  return { ...harmless(name, "PlainToken", [name, symbol, decimals]), onlySays: true };
}

/** A plain token of which the pool comes to hold so many units more, or as many as there can be. */
function abundant(name: string, held: bigint): ZooToken {
  const spoil = async (_: Connection, token: PlainToken, { pool }: Victim) => {
    const left = MAX_UINT256 - (await token.totalSupply());
    return token.mint(pool, held < left ? held : left);
  };
  return { ...harmless(name, "PlainToken", [name, "MUCH", 18n]), spoil };
}

function refusing(name: string, refusal: bigint): ZooToken {
  const set = async ({ ethers }: Connection, token: PlainToken, to: bigint) =>
    (await ethers.getContractAt("RefusingToken", await token.getAddress())).setRefusal(to);
  return {
    name,
    deploy: (connection) => deployAs(connection, "RefusingToken"),
    spoil: (connection, token) => set(connection, token, refusal),
    mend: (connection, token) => set(connection, token, Refusal.none),
  };
}

function reentering(name: string, before: boolean): ZooToken {
  const arm = async ({ ethers }: Connection, token: PlainToken, target: string, call: string) =>
    (await ethers.getContractAt("ReenteringToken", await token.getAddress())).arm(target, call, before);
  return {
    name,
    deploy: (connection) => deployAs(connection, "ReenteringToken"),
    withoutPermit: true,
    spoil: (connection, token, { pool, reentry }) => arm(connection, token, pool, reentry),
    mend: (connection, token) => arm(connection, token, connection.ethers.ZeroAddress, "0x"),
  };
}

/** A token whose balances at the pool are multiplied by `bps`, and back by `backBps`. */
function rebasing(name: string, bps: bigint, backBps: bigint): ZooToken {
  const rebase = async ({ ethers }: Connection, token: PlainToken, pool: string, by: bigint) =>
    (await ethers.getContractAt("RebasingToken", await token.getAddress())).rebase(pool, by);
  return {
    name,
    deploy: (connection) => deployAs(connection, "RebasingToken"),
    spoil: (connection, token, { pool }) => rebase(connection, token, pool, bps),
    mend: (connection, token, { pool }) => rebase(connection, token, pool, backBps),
  };
}

function blocking(name: string, blocked: keyof Pick<Victim, "staker" | "pool">): ZooToken {
  const set = async ({ ethers }: Connection, token: PlainToken, victim: Victim, to: boolean) =>
    (await ethers.getContractAt("BlocklistToken", await token.getAddress())).setBlocked(victim[blocked], to);
  return {
    name,
    deploy: (connection) => deployAs(connection, "BlocklistToken"),
    spoil: (connection, token, victim) => set(connection, token, victim, true),
    mend: (connection, token, victim) => set(connection, token, victim, false),
  };
}

const pausable: ZooToken = {
  name: "is paused",
  deploy: (connection) => deployAs(connection, "PausableToken"),
  spoil: async ({ ethers }, token) =>
    (await ethers.getContractAt("PausableToken", await token.getAddress())).setPaused(true),
  mend: async ({ ethers }, token) =>
    (await ethers.getContractAt("PausableToken", await token.getAddress())).setPaused(false),
};

const chargingLater: ZooToken = {
  name: "begins to charge a fee",
  deploy: (connection) => deployAs(connection, "FeeToken", [0n]),
  spoil: async ({ ethers }, token) => (await ethers.getContractAt("FeeToken", await token.getAddress())).setFee(1_000n),
};

/** Since `selfdestruct` leaves code where it is, the code is taken away from outside. */
const destroyed: ZooToken = {
  name: "is destroyed",
  deploy: (connection) => deployAs(connection, "PlainToken", ["Destroyed", "GONE", 18n]),
  spoil: async ({ networkHelpers }, token) => networkHelpers.setCode(await token.getAddress(), "0x"),
  mend: async (connection, token) => {
    const twin = await deployAs(connection, "PlainToken", ["Destroyed", "GONE", 18n]);
    await connection.networkHelpers.setCode(await token.getAddress(), await connection.ethers.provider.getCode(twin));
  },
};

export const TOKEN_ZOO: readonly ZooToken[] = [
  ...[0n, 2n, 6n, 18n, 24n].map((decimals) => plain(`${decimals} decimals`, "PLAIN", decimals)),
  plain("empty symbol", ""),
  plain("symbol of 10 kB", LONG_SYMBOL),
  plain("symbol of quotes and markup", MARKUP_SYMBOL),
  { ...harmless("symbol of bytes32", "Bytes32SymbolToken"), onlySays: true },
  abundant("balance of 2^128", 2n ** 128n),
  abundant("balance near 2^256", MAX_UINT256),
  harmless("fee on transfer", "FeeToken", [100n]),
  chargingLater,
  harmless("bonus on transfer", "BonusToken", [7n]),
  { ...harmless("returns nothing", "NoReturnToken"), withoutPermit: true },
  harmless("returns 100 kB", "ReturnBombToken"),
  harmless("refuses to transfer zero", "ZeroTransferRefusingToken"),
  harmless("refuses to approve zero", "ZeroApprovalRefusingToken"),
  harmless("no infinite allowance", "FiniteAllowanceToken"),
  { ...harmless("phantom permit and burn", "PhantomToken"), withoutPermit: true },
  harmless("burns", "BurnableToken", [Burning.works]),
  harmless("burn reverts", "BurnableToken", [Burning.reverts]),
  harmless("burn does nothing", "BurnableToken", [Burning.doesNothing]),
  harmless("burns half", "BurnableToken", [Burning.takesHalf]),
  harmless("burns twice", "BurnableToken", [Burning.takesTwice]),
  rebasing("rebases up", 20_000n, 5_000n),
  rebasing("rebases down, later up by more", 5_000n, 30_000n),
  refusing("transfers revert", Refusal.reverts),
  refusing("transfers return false", Refusal.returnsFalse),
  refusing("transfers burn all gas", Refusal.burnsGas),
  refusing("transfers revert with 256 kB", Refusal.revertsAtLength),
  reentering("reenters before the transfer", true),
  reentering("reenters after the transfer", false),
  blocking("blocks the account", "staker"),
  blocking("blocks the contract", "pool"),
  pausable,
  destroyed,
];
