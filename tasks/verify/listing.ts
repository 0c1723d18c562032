import { PlainToken__factory } from "../../types/index.ts";
import { writeYes, type Findings } from "./finding.ts";
import type { Subject } from "./subject.ts";

const PAGE = 200n;
const KINDS = ["no pool", "a flexible pool", "a fixed-term pool"];

/** Holds the factory's list against the protocol config: its pools are listed, with the right kind, and no others are. */
export async function verifyListing(subject: Subject, findings: Findings): Promise<void> {
  const { contracts, block } = subject;
  const { factory } = contracts;
  const expected = new Map<string, [name: string, kind: bigint]>();
  for (const [name, pool] of Object.entries(contracts.flexiblePools)) expected.set(await pool.getAddress(), [name, 1n]);
  for (const [name, pool] of Object.entries(contracts.fixedTermPools))
    expected.set(await pool.getAddress(), [name, 2n]);

  for (const [address, [name, kind]] of expected) {
    const info = await factory.poolInfo(address, { blockTag: block });
    findings.same(
      "listing",
      `${name}, in the factory`,
      kind,
      info.kind,
      (value) => KINDS[Number(value)] ?? String(value),
    );
    findings.same("listing", `${name}, listed`, true, info.listed, writeYes);
  }
  const count = await factory.poolCount({ blockTag: block });
  for (let offset = 0n; offset < count; offset += PAGE) {
    for (const { pool, listed, creator } of await factory.pools(offset, PAGE, { blockTag: block })) {
      if (!listed || expected.has(pool)) continue;
      findings.add(
        "listing",
        `PoolFactory, pool ${pool}`,
        "not listed, since no protocol config has it",
        `listed; ${creator} created it`,
      );
    }
  }
}

/** Holds the tokens against the protocol config: each has code, and the decimals with which its amounts were written. */
export async function verifyTokens(
  { contracts, protocolConfig, provider, block }: Subject,
  findings: Findings,
): Promise<void> {
  for (const [name, { decimals }] of Object.entries(protocolConfig.tokens)) {
    const address = (await contracts.tokens[name]?.getAddress()) ?? "";
    if ((await provider.getCode(address, block)) === "0x") {
      findings.add("config", `tokens.${name} at ${address}`, "a token", "no code");
      continue;
    }
    const found = await PlainToken__factory.connect(address, provider).decimals({ blockTag: block });
    findings.same("config", `tokens.${name}.decimals`, BigInt(decimals), found);
  }
}
