import type { Findings } from "./finding.ts";
import { readHoldings } from "../lib/holdings.ts";
import type { Subject } from "./subject.ts";

/** Each pool, the distributor and the insurance fund hold at least what they owe, token by token, all read at one block. */
export async function verifySolvency(subject: Subject, findings: Findings): Promise<number> {
  const { contracts, provider, block } = subject;
  const pools = [...Object.entries(contracts.flexiblePools), ...Object.entries(contracts.fixedTermPools)];
  const holdings = await readHoldings(
    {
      provider,
      pools: await Promise.all(pools.map(async ([name, pool]) => ({ name, address: await pool.getAddress() }))),
      distributor: contracts.distributor,
      insuranceFund: contracts.insuranceFund,
      tokens: await Promise.all(
        Object.entries(contracts.tokens).map(async ([symbol, token]) => ({
          symbol,
          address: await token.getAddress(),
        })),
      ),
    },
    block,
  );
  for (const { place, symbol, liabilities, balance } of holdings) {
    if (balance >= liabilities) continue;
    const expected = `at least ${liabilities} base units of ${symbol}, which it owes`;
    findings.add("solvency", `${place}, ${symbol}`, expected, `${balance}, so ${liabilities - balance} are missing`);
  }
  return holdings.length;
}
