import { ZeroAddress } from "ethers";

import { table } from "../../shared/table.ts";
import { UserError } from "../../shared/user-error.ts";
import { command } from "../lib/command.ts";
import { nameOf, withDeployment } from "../lib/deployment.ts";
import { writeBps } from "../lib/describe-pool.ts";
import { parseAddress, writeAmount } from "../lib/inputs.ts";
import type { SendingArguments } from "../lib/options.ts";
import { findFixedTermPool, tokenOf } from "../lib/pools.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  pool: string;
  insurance: string | undefined;
  treasury: string | undefined;
}

export default command<Arguments>(async (args, hre) => {
  if (args.insurance === undefined && args.treasury === undefined) return show(args, hre);
  return sendingAnswer(hre, args, async (deployment) => {
    const { contract, view, name, address } = await findFixedTermPool(deployment, args.pool);
    const { fixedTerm } = view;
    const recipient = (given: string | undefined, now: string, what: string) =>
      given === undefined ? now : parseAddress(given, what);
    const insurance = recipient(args.insurance, fixedTerm.insurance, "--insurance");
    const treasury = recipient(args.treasury, fixedTerm.treasury, "--treasury");
    return {
      intent: `penalty-split ${address} ${insurance} ${treasury}`,
      prepare() {
        if (insurance === fixedTerm.insurance && treasury === fixedTerm.treasury) {
          throw new UserError(`These are the recipients of ${name} already`);
        }
        const data = contract.interface.encodeFunctionData("setRecipients", [insurance, treasury]);
        const what = `Send the insurance share of ${name} to ${insurance} and the treasury share to ${treasury}`;
        return Promise.resolve({ steps: [{ what, to: address, data, governed: true }] });
      },
    };
  });
});

async function show(args: Arguments, hre: Parameters<typeof withDeployment>[0]) {
  return withDeployment(hre, args, async (deployment) => {
    const { view, name, address } = await findFixedTermPool(deployment, args.pool);
    const { split, unsweptPenalties, rewardsPool, insurance, treasury } = view.fixedTerm;
    const staking = tokenOf(view.stakingToken);
    const shares = [
      {
        to: "rewards",
        bps: split.rewardsBps,
        recipient: rewardsPool === ZeroAddress ? address : rewardsPool,
        waiting: unsweptPenalties.rewards,
      },
      { to: "insurance", bps: split.insuranceBps, recipient: insurance, waiting: unsweptPenalties.insurance },
      { to: "treasury", bps: split.treasuryBps, recipient: treasury, waiting: unsweptPenalties.treasury },
      { to: "burn", bps: split.burnBps, recipient: null, waiting: unsweptPenalties.burned },
    ];
    const rows = shares.map(({ to, bps, recipient, waiting }) => [
      to,
      writeBps(bps),
      recipient === null ? "nobody" : nameOf(deployment, recipient),
      writeAmount(waiting, staking),
    ]);
    return {
      data: { pool: address, name, shares },
      text: `${table(["share", "of penalties", "goes to", "waits to be swept"], rows)}\nThe split stands for ever; only who insurance and treasury are can change`,
    };
  });
}
