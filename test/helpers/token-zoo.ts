// Tokens that a staking protocol meets sooner or later, and what each does once somebody has staked it.
import type { PlainToken } from "../../types/index.js";
import type { Connection } from "./fixtures.ts";

/** What a token may turn against. */
export interface Victim {
  pool: string;
  staker: string;
  /** Calldata of a function of the pool that moves tokens, for tokens that call back. */
  reentry: string;
}

export interface ZooToken {
  name: string;
  /** A token that anyone can mint, typed as a plain one whatever it answers. */
  deploy(connection: Connection): Promise<PlainToken>;
  /** Turns the token against the victim; what cannot be turned is hostile, or harmless, from the beginning. */
  spoil?(connection: Connection, token: PlainToken, victim: Victim): Promise<unknown>;
  /** Takes it back. */
  mend?(connection: Connection, token: PlainToken, victim: Victim): Promise<unknown>;
  /** Whether the pool's transfers succeed while spoiled, or fail until mended. */
  transfers: "succeed" | "wait";
}

const LONG_SYMBOL = "LONG".repeat(2_560);
const MARKUP_SYMBOL = `"'<script>&]]>\\`;

/** Values of `RefusingToken.Refusal`. */
const Refusal = { none: 0n, reverts: 1n, returnsFalse: 2n, burnsGas: 3n, returnsMegabyte: 4n } as const;

/** Values of `BurnableToken.Burning`. */
const Burning = { works: 0n, reverts: 1n, doesNothing: 2n, takesHalf: 3n, takesTwice: 4n } as const;

async function deployAs({ ethers }: Connection, name: string, args: readonly unknown[] = []): Promise<PlainToken> {
  const contract = await (await ethers.getContractFactory(name)).deploy(...args);
  return ethers.getContractAt("PlainToken", await contract.getAddress());
}

function harmless(name: string, contract: string, args: readonly unknown[] = []): ZooToken {
  return { name, deploy: (connection) => deployAs(connection, contract, args), transfers: "succeed" };
}

function plain(name: string, symbol: string, decimals = 18n): ZooToken {
  return harmless(name, "PlainToken", [name, symbol, decimals]);
}

/** A plain token of which somebody else holds `held` already. */
function abundant(name: string, held: bigint): ZooToken {
  const deploy = async (connection: Connection) => {
    const token = await deployAs(connection, "PlainToken", [name, "MUCH", 18n]);
    const [holder] = await connection.ethers.getSigners();
    if (!holder) throw new Error("The network has no accounts");
    await token.mint(holder, held);
    return token;
  };
  return { name, deploy, transfers: "succeed" };
}

function refusing(name: string, refusal: bigint): ZooToken {
  const set = async ({ ethers }: Connection, token: PlainToken, to: bigint) =>
    (await ethers.getContractAt("RefusingToken", await token.getAddress())).setRefusal(to);
  return {
    name,
    deploy: (connection) => deployAs(connection, "RefusingToken"),
    spoil: (connection, token) => set(connection, token, refusal),
    mend: (connection, token) => set(connection, token, Refusal.none),
    transfers: "wait",
  };
}

function reentering(name: string, before: boolean): ZooToken {
  const arm = async ({ ethers }: Connection, token: PlainToken, target: string, call: string) =>
    (await ethers.getContractAt("ReenteringToken", await token.getAddress())).arm(target, call, before);
  return {
    name,
    deploy: (connection) => deployAs(connection, "ReenteringToken"),
    spoil: (connection, token, { pool, reentry }) => arm(connection, token, pool, reentry),
    mend: (connection, token) => arm(connection, token, connection.ethers.ZeroAddress, "0x"),
    transfers: "wait",
  };
}

/** A token whose balances at the pool are multiplied by `bps`, and back by `backBps`. */
function rebasing(name: string, bps: bigint, backBps: bigint, transfers: ZooToken["transfers"]): ZooToken {
  const rebase = async ({ ethers }: Connection, token: PlainToken, pool: string, by: bigint) =>
    (await ethers.getContractAt("RebasingToken", await token.getAddress())).rebase(pool, by);
  return {
    name,
    deploy: (connection) => deployAs(connection, "RebasingToken"),
    spoil: (connection, token, { pool }) => rebase(connection, token, pool, bps),
    mend: (connection, token, { pool }) => rebase(connection, token, pool, backBps),
    transfers,
  };
}

const blocking: ZooToken = {
  name: "blocks an account",
  deploy: (connection) => deployAs(connection, "BlocklistToken"),
  spoil: async ({ ethers }, token, { staker }) =>
    (await ethers.getContractAt("BlocklistToken", await token.getAddress())).setBlocked(staker, true),
  mend: async ({ ethers }, token, { staker }) =>
    (await ethers.getContractAt("BlocklistToken", await token.getAddress())).setBlocked(staker, false),
  transfers: "wait",
};

const pausable: ZooToken = {
  name: "pauses",
  deploy: (connection) => deployAs(connection, "PausableToken"),
  spoil: async ({ ethers }, token) =>
    (await ethers.getContractAt("PausableToken", await token.getAddress())).setPaused(true),
  mend: async ({ ethers }, token) =>
    (await ethers.getContractAt("PausableToken", await token.getAddress())).setPaused(false),
  transfers: "wait",
};

const chargingLater: ZooToken = {
  name: "begins to charge a fee",
  deploy: (connection) => deployAs(connection, "FeeToken", [0n]),
  spoil: async ({ ethers }, token) => (await ethers.getContractAt("FeeToken", await token.getAddress())).setFee(1_000n),
  transfers: "succeed",
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
  transfers: "wait",
};

export const TOKEN_ZOO: readonly ZooToken[] = [
  ...[0n, 2n, 6n, 18n, 24n].map((decimals) => plain(`${decimals} decimals`, "PLAIN", decimals)),
  plain("empty symbol", ""),
  plain("symbol of 10 kB", LONG_SYMBOL),
  plain("symbol of quotes and markup", MARKUP_SYMBOL),
  harmless("symbol of bytes32", "Bytes32SymbolToken"),
  abundant("supply above 2^128", 2n ** 128n),
  abundant("supply near 2^256", 2n ** 256n - 2n ** 130n),
  harmless("fee on transfer", "FeeToken", [100n]),
  chargingLater,
  harmless("bonus on transfer", "BonusToken", [7n]),
  harmless("returns nothing", "NoReturnToken"),
  harmless("returns 100 kB", "ReturnBombToken"),
  harmless("refuses to transfer zero", "ZeroTransferRefusingToken"),
  harmless("refuses to approve zero", "ZeroApprovalRefusingToken"),
  harmless("no infinite allowance", "FiniteAllowanceToken"),
  harmless("phantom permit and burn", "PhantomToken"),
  harmless("burns", "BurnableToken", [Burning.works]),
  harmless("burn reverts", "BurnableToken", [Burning.reverts]),
  harmless("burn does nothing", "BurnableToken", [Burning.doesNothing]),
  harmless("burns half", "BurnableToken", [Burning.takesHalf]),
  harmless("burns twice", "BurnableToken", [Burning.takesTwice]),
  rebasing("rebases up", 20_000n, 5_000n, "succeed"),
  rebasing("rebases down, later up by more", 5_000n, 30_000n, "wait"),
  refusing("transfers revert", Refusal.reverts),
  refusing("transfers return false", Refusal.returnsFalse),
  refusing("transfers burn all gas", Refusal.burnsGas),
  refusing("transfers revert with a megabyte", Refusal.returnsMegabyte),
  reentering("reenters before the transfer", true),
  reentering("reenters after the transfer", false),
  blocking,
  pausable,
  destroyed,
];
