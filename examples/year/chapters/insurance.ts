import { DAY } from "@termstake/sdk/units";
import { parseEther } from "ethers";

import { buildInsuranceRound, type InsuranceRound } from "../../../shared/insurance-round.ts";
import { governs } from "../governance.ts";
import type { Chapter } from "../plan.ts";
import type { Stage } from "../stage.ts";

const CLAIM_DELAY = 3n * DAY;
const CLAIM_WINDOW = 60n * DAY;
/** So many of the round's accounts claim; the rest expires. */
const CLAIMING = 3;

/** A round of compensation from the fund's shares of penalties and fees. */
export async function insuranceChapters(stage: Stage): Promise<Chapter[]> {
  const { insuranceFund } = stage.protocol;
  const round = await compensation(stage);
  const data = insuranceFund.interface.encodeFunctionData("publishRound", [
    round.round,
    round.token,
    round.root,
    round.total,
    CLAIM_DELAY,
    CLAIM_WINDOW,
  ]);
  const publication = governs(stage, [{ target: round.fund, data }]);
  return [
    { day: 200, what: "The operator announces a round of compensation for four stakers", play: publication.announce },
    { day: 201, what: "The round is published; claims open after three days", play: publication.carryOut },
    {
      day: 205,
      what: "Three of the four are paid their compensation",
      play: async () => {
        for (const { index, account, amount, proof } of round.claims.slice(0, CLAIMING)) {
          await (await insuranceFund.claim(round.round, index, account, amount, [...proof])).wait();
        }
      },
    },
    {
      day: 270,
      what: "The round has expired: what nobody claimed is the fund's again",
      play: async () => (await insuranceFund.closeRound(round.round)).wait(),
    },
  ];
}

async function compensation({ connection, protocol, people, tokens }: Stage): Promise<InsuranceRound> {
  const { insuranceFund } = protocol;
  const binding = {
    chainId: (await connection.ethers.provider.getNetwork()).chainId,
    fund: await insuranceFund.getAddress(),
    round: await insuranceFund.roundCount(),
    token: await tokens.TSK.getAddress(),
  };
  return buildInsuranceRound(binding, [
    { account: people.Ada.address, amount: parseEther("125.5") },
    { account: people.Dan.address, amount: parseEther("300.000000000000000001") },
    { account: people.Hana.address, amount: parseEther("74.25") },
    { account: people.Jun.address, amount: parseEther("50") },
  ]);
}
