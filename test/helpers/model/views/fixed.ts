import { FixedTermPool__factory } from "../../../../types/index.js";
import { type Addresses, type Kind, type Protocol, TOKENS } from "../protocol.ts";
import { type View, viewsOf } from "./view.ts";
import { ZERO_ADDRESS } from "../../fixtures.ts";

const abi = FixedTermPool__factory.createInterface();

/** Units that `previewOpen` is asked about. */
const ASKED = 123_456_789_012_345_678_901n;

const splitOf =
  (kind: Kind) =>
  ({ fixed }: Protocol): bigint[] => {
    const { rewardsBps, insuranceBps, treasuryBps, burnBps } = fixed[kind].split;
    return [rewardsBps, insuranceBps, treasuryBps, burnBps];
  };

function fixedView(addresses: Addresses, kind: Kind) {
  return viewsOf(`fixed.${kind}`, addresses.fixed[kind], abi);
}

export function fixedViews(addresses: Addresses, kind: Kind): View[] {
  const view = fixedView(addresses, kind);
  const { actors } = addresses;
  return [
    view("stakingToken", [], ({ fixed }) => fixed[kind].stakingToken.address, "constant"),
    view("rewardsToken", [], ({ fixed }) => fixed[kind].rewardsToken.address, "constant"),
    view("conversion", [], ({ fixed }) => fixed[kind].conversion, "constant"),
    view("renderer", [], () => addresses.renderer, "constant"),
    view("rewardsPool", [], ({ fixed }) => fixed[kind].rewardsPool?.address ?? ZERO_ADDRESS, "constant"),
    view("penaltySplit", [], splitOf(kind), "constant"),
    view("paused", [], ({ fixed }) => fixed[kind].paused),
    view("positionCount", [], ({ fixed }) => fixed[kind].positionCount),
    view("totalPrincipal", [], ({ fixed }) => fixed[kind].totalPrincipal),
    view("availableBudget", [], ({ fixed }) => fixed[kind].budget),
    view("reservedRewards", [], ({ fixed }) => fixed[kind].reserved),
    view("totalOwed", [], ({ fixed }) => fixed[kind].totalOwed),
    view("maximumTerms", [], () => 256n, "constant"),
    view("termCount", [], ({ fixed }) => BigInt(fixed[kind].terms.length)),
    view("recipients", [], ({ fixed }) => [fixed[kind].recipients.insurance, fixed[kind].recipients.treasury]),
    view("unsweptPenalties", [], ({ fixed }) => {
      const { rewards, insurance, treasury, burned } = fixed[kind].unsweptPenalties();
      return [rewards, insurance, treasury, burned];
    }),
    ...TOKENS.map((name) =>
      view("liabilities", [addresses.tokens[name]], ({ fixed, tokens }) => fixed[kind].liabilities(tokens[name])),
    ),
    ...actors.flatMap((account, place) => {
      const next = actors[(place + 1) % actors.length] ?? account;
      return [
        view("owed", [account], ({ fixed }) => fixed[kind].owed(account)),
        view("balanceOf", [account], ({ fixed }) => {
          const owned = [...fixed[kind].openPositions()].filter(({ owner }) => owner === account);
          return BigInt(owned.length);
        }),
        view("isApprovedForAll", [account, next], ({ fixed }) => fixed[kind].isOperator(account, next)),
      ];
    }),
  ];
}

export function termViews(addresses: Addresses, kind: Kind, id: number): View[] {
  const view = fixedView(addresses, kind);
  return [
    view("term", [id], ({ fixed }) => {
      const term = fixed[kind].terms[id];
      if (term === undefined) throw new RangeError(`There is no term ${id}`);
      const { duration, rate, minimum, principalCap, rewardCap, penalty } = term;
      const { startBps, endBps, forfeitedBps } = penalty;
      const state = [term.openPrincipal, term.reservedReward, term.paused, term.closed];
      return [duration, rate, minimum, principalCap, rewardCap, startBps, endBps, forfeitedBps, ...state];
    }),
    view("previewOpen", [id, ASKED], ({ fixed }, now) => {
      const { reward, maturity } = fixed[kind].previewOpen(BigInt(id), ASKED, now);
      return [reward, maturity];
    }),
  ];
}

/** Of an open position of `principal` units. */
export function positionViews(addresses: Addresses, kind: Kind, id: bigint, principal: bigint): View[] {
  const view = fixedView(addresses, kind);
  const preview = (amount: bigint): View =>
    view("previewWithdrawEarly", [id, amount], ({ fixed }, now) => {
      const exit = fixed[kind].previewWithdrawEarly(id, amount, now);
      return [exit.principalOut, exit.rewardOut, exit.principalPenalty, exit.forfeitedReward];
    });
  return [
    view("position", [id], ({ fixed }, now) => {
      const { owner, termId, reward, openedAt, maturity, order, ...held } = fixed[kind].position(id);
      return [
        owner,
        termId,
        held.principal,
        reward,
        openedAt,
        maturity,
        order !== undefined && now <= maturity + order.window,
      ];
    }),
    view("ownerOf", [id], ({ fixed }) => fixed[kind].position(id).owner),
    view("getApproved", [id], ({ fixed }) => fixed[kind].position(id).approved ?? ZERO_ADDRESS),
    view("autoRenewOrder", [id], ({ fixed }) => {
      const { order } = fixed[kind].position(id);
      return [order?.termId ?? 0n, order?.window ?? 0n, order?.repeats ?? false];
    }),
    preview(principal),
    preview(principal / 3n + 1n),
  ];
}
