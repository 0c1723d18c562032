import { DAY, ONE } from "@termstake/sdk/units";
import type { BaseContract } from "ethers";

import type { Protocol } from "../../deploy/deploy-protocol.ts";
import { buildInsuranceRound } from "../../shared/insurance-round.ts";
import type { RESTRICTED_FUNCTIONS } from "../../deploy/roles.ts";
import type { FixedTermPool, FlexiblePool, PlainToken, RewardDistributor } from "../../types/index.ts";

/** A call of one function of a contract. */
export interface Call {
  readonly contract: BaseContract;
  readonly values: readonly unknown[];
}

type Functions = typeof RESTRICTED_FUNCTIONS;

/** For each function of the operator's role, its calls with the worst arguments for everybody else. */
export type OperatorLevers = {
  readonly [Kind in keyof Functions]: Readonly<Record<Functions[Kind]["operator"][number], () => Promise<Call[]>>>;
};

/** The same calls on each of the contracts. */
function onEach<Contract extends BaseContract>(
  contracts: Readonly<Record<string, Contract>>,
  valuesOf: (contract: Contract) => Promise<unknown[][]> | unknown[][],
): () => Promise<Call[]> {
  return async () => {
    const calls: Call[] = [];
    for (const contract of Object.values(contracts)) {
      for (const values of await valuesOf(contract)) calls.push({ contract, values });
    }
    return calls;
  };
}

/** Of each token: all that is there, one unit more than belongs to nobody, and exactly what belongs to nobody. */
async function everything(
  contract: FlexiblePool | FixedTermPool | RewardDistributor,
  tokens: Readonly<Record<string, PlainToken>>,
  thief: string,
): Promise<unknown[][]> {
  const calls: unknown[][] = [];
  for (const token of Object.values(tokens)) {
    const address = await token.getAddress();
    const balance = await token.balanceOf(contract);
    const surplus = balance - (await contract.liabilities(address));
    for (const amount of [balance, surplus + 1n, surplus]) calls.push([address, thief, amount]);
  }
  return calls;
}

/** What an operator does that works for itself alone. A function that joins the role has to be added here to compile. */
export function operatorLevers(protocol: Protocol, token: PlainToken, thief: string): OperatorLevers {
  const { factory, flexiblePools, fixedTermPools, insuranceFund, tokens } = protocol;
  const distributor = { distributor: protocol.distributor };
  const fund = { insuranceFund };
  return {
    FlexiblePool: {
      unpause: onEach(flexiblePools, () => [[]]),
      rescue: onEach(flexiblePools, (pool) => everything(pool, tokens, thief)),
      setFunder: onEach(flexiblePools, () => [
        [thief, true],
        [protocol.distributor, false],
      ]),
    },
    FixedTermPool: {
      unpause: onEach(fixedTermPools, () => [[]]),
      rescue: onEach(fixedTermPools, (pool) => everything(pool, tokens, thief)),
      unpauseTerm: onEach(fixedTermPools, () => [[0n]]),
      addTerm: onEach(fixedTermPools, () => {
        const limit = 2n ** 96n - 1n;
        const penalty = { startBps: 2_500n, endBps: 2_500n, forfeitedBps: 10_000n };
        return [[{ duration: DAY, rate: ONE, minimum: 1n, principalCap: limit, rewardCap: limit, penalty }]];
      }),
      closeTerm: onEach(fixedTermPools, async (pool) =>
        Array.from({ length: Number(await pool.termCount()) }, (_, id) => [id]),
      ),
      setRecipients: onEach(fixedTermPools, () => [[thief, thief]]),
      withdrawBudget: onEach(fixedTermPools, async (pool) => {
        const budget = await pool.availableBudget();
        return [
          [thief, budget + 1n],
          [thief, budget],
        ];
      }),
    },
    RewardDistributor: {
      createSchedule: onEach(distributor, () => {
        const [budget, start] = [2n ** 128n - 1n, 2n ** 40n - 1n];
        return [[{ token, epoch: DAY, budget, start, epochs: 10_000n, feeBps: 3_500n }, []]];
      }),
      // To a token that is no pool, and all to one pool.
      setWeights: onEach(distributor, () =>
        [token, ...Object.values(flexiblePools)].map((pool) => [0n, [{ pool, weight: 2n ** 32n - 1n }]]),
      ),
      endSchedule: onEach(distributor, () => [[0n, thief]]),
      setRecipients: onEach(distributor, () => [[thief, thief, []]]),
      rescue: onEach(distributor, (contract) => everything(contract, tokens, thief)),
    },
    InsuranceFund: {
      // Rounds to itself, of which one is of more than there is, and one opens too soon for anybody to stop it.
      publishRound: onEach(fund, async () => {
        const available = await insuranceFund.available(token);
        const next = await insuranceFund.roundCount();
        const { chainId } = await provider(insuranceFund).getNetwork();
        const binding = { chainId, fund: await insuranceFund.getAddress(), token: await token.getAddress() };
        const least = await insuranceFund.minimumClaimDelay();
        const publish = (round: bigint, amount: bigint, delay = least): unknown[] => {
          const { root, total } = buildInsuranceRound({ ...binding, round }, [{ account: thief, amount }]);
          return [round, token, root, total, delay, 30n * DAY];
        };
        return [publish(next, available + 1n), publish(next, 1n, least - 1n), publish(next, available / 2n + 1n)];
      }),
    },
    OperatorBrake: {},
    PoolFactory: {
      setListed: onEach({ factory }, () =>
        [...Object.values(flexiblePools), ...Object.values(fixedTermPools)].map((pool) => [pool, false]),
      ),
    },
  };
}

function provider(contract: BaseContract) {
  const found = contract.runner?.provider;
  if (!found) throw new Error("the contract is connected to no chain");
  return found;
}
