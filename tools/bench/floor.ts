// How low an operation's gas can go: arithmetic on the EVM's prices, with the token's own share measured alone.
//
// 21,000 for the transaction, its calldata, a cold call of each token that moves and that token's own execution, the fewest
// storage accesses that can keep the books, and the standard's events. No dispatch, checks or arithmetic: nobody gets there.
import type { FixedTermOperation } from "./fixed-term.ts";
import type { FlexibleOperation } from "./flexible.ts";
import { admit, AMOUNT, gasOf, type Stage } from "./stage.ts";

const TRANSACTION = 21_000n;
const COLD_ACCOUNT = 2_600n;
/** Storage, all of it cold: to read, to change, to fill and to clear, the last with its refund. */
const READ = 2_100n;
const CHANGE = 5_000n;
const FILL = 22_100n;
const CLEAR = CHANGE - 4_800n;

/** A function's selector and arguments: 16 for a byte, 4 for a zero. */
function calldata(...significantBytes: bigint[]): bigint {
  return significantBytes.reduce((sum, bytes) => sum + 16n * bytes + 4n * (32n - bytes), 4n * 16n);
}

/** An event of `topics`, its signature among them, and `words` of data. */
function event(topics: bigint, words: bigint): bigint {
  return 375n * (1n + topics) + 8n * 32n * words;
}

const AMOUNT_BYTES = 9n;
const ADDRESS_BYTES = 20n;
const ID_BYTES = 1n;

export interface TokenGas {
  transfer: bigint;
  transferFrom: bigint;
}

/** A token's execution from a cold start, between balances that stay above zero, without its transaction. */
export async function measureToken(stage: Stage): Promise<TokenGas> {
  const { owner, staker, stakingToken } = stage;
  const [other] = stage.others;
  if (other === undefined) throw new Error("The stage has no other stakers");
  await admit(stage, other);
  const transfer = stakingToken.connect(staker).transfer(owner, AMOUNT);
  const transferGas = (await gasOf(transfer)) - (await envelope(transfer));
  const transferFrom = stakingToken.connect(other).transferFrom(staker, owner, AMOUNT);
  return { transfer: transferGas, transferFrom: (await gasOf(transferFrom)) - (await envelope(transferFrom)) };
}

/** What a transaction costs before its first instruction. */
async function envelope(sent: Promise<{ data: string }>): Promise<bigint> {
  const bytes = Buffer.from((await sent).data.slice(2), "hex");
  return bytes.reduce((sum, byte) => sum + (byte === 0 ? 4n : 16n), TRANSACTION);
}

export function flexibleFloors(token: TokenGas): Record<FlexibleOperation, bigint> {
  const pull = COLD_ACCOUNT + token.transferFrom;
  const push = COLD_ACCOUNT + token.transfer;
  const moved = event(2n, 1n);
  // The staker's slot, the pool's moving state, and the rate and end of the period.
  const books = (staker: bigint, checkpoint: bigint) => staker + checkpoint + READ;
  const withAmount = TRANSACTION + calldata(AMOUNT_BYTES);
  const bare = TRANSACTION + calldata();
  return {
    "first stake": withAmount + pull + books(FILL, CHANGE) + moved,
    "second stake": withAmount + pull + books(CHANGE, CHANGE) + moved,
    "part withdrawal": withAmount + push + books(CHANGE, CHANGE) + moved,
    claim: bare + push + books(CHANGE, READ) + moved,
    exit: bare + 2n * push + books(CLEAR, CHANGE) + 2n * moved,
    "fund an active period": withAmount + pull + 2n * CHANGE + event(1n, 1n),
  };
}

export function fixedTermFloors(token: TokenGas): Record<FixedTermOperation, bigint> {
  const pull = COLD_ACCOUNT + token.transferFrom;
  const push = COLD_ACCOUNT + token.transfer;
  // One slot of totals to change, one of the term to read; a position is a slot of data and one of its owner.
  const totals = CHANGE + READ;
  const minted = 2n * FILL + event(4n, 0n);
  const burned = 2n * CLEAR + event(4n, 0n);
  const opened = event(4n, 3n);
  const open = TRANSACTION + calldata(0n, AMOUNT_BYTES, ADDRESS_BYTES, 0n) + pull + totals + minted + opened;
  const leave = totals + burned + CHANGE + 2n * push;
  return {
    "open the first position": open + FILL,
    "open a later position": open + CHANGE,
    "withdraw at maturity": TRANSACTION + calldata(ID_BYTES, ADDRESS_BYTES) + leave - READ + event(3n, 2n),
    "leave early": TRANSACTION + calldata(ID_BYTES, AMOUNT_BYTES, ADDRESS_BYTES, 0n, 0n) + leave + event(3n, 5n),
    // The number of positions stays, so that the balance is not touched.
    renew: TRANSACTION + calldata(ID_BYTES, 0n, 0n) + totals + burned + minted + opened + push + event(3n, 1n),
  };
}
