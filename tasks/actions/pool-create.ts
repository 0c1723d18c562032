import { id, ZeroAddress } from "ethers";

import { lookUp, type Catalogue } from "../../scripts/lib/catalogue.ts";
import { MendableError } from "../../scripts/lib/mendable-error.ts";
import { singletonAddress } from "../../scripts/lib/singletons.ts";
import { namedAddress, readCatalogue, tokenAddress } from "../lib/catalogue-file.ts";
import { command } from "../lib/command.ts";
import type { Deployment } from "../lib/deployment.ts";
import type { SendingArguments } from "../lib/options.ts";
import { eventsOf } from "../lib/receipts.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  name: string;
  catalogue: string | undefined;
  salt: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const { factory } = deployment;
      const catalogue = await readCatalogue(deployment, "--catalogue", args.catalogue);
      const salt = id(args.salt ?? args.name);
      const creation = await creationOf(deployment, catalogue, args.name, salt);
      const to = await factory.getAddress();
      return {
        intent: `pool:create ${creation.data}`,
        async prepare(from) {
          const predicted = await creation.predict(from);
          if ((await deployment.provider.getCode(predicted)) !== "0x") {
            throw new MendableError(
              `${from} has created this very pool already: ${predicted}. Another --salt makes another`,
            );
          }
          const step = { what: `Create the ${creation.kind} pool ${args.name}`, to, data: creation.data };
          return { preview: `It will be at ${predicted}`, steps: [step] };
        },
      };
    },
    (deployment, { logs }) => {
      const [created] = eventsOf(deployment.factory, logs, "PoolCreated");
      const pool = created === undefined ? "" : String(created.args.getValue("pool"));
      const next = `Next: \`pool:adopt ${pool}\` by the admin gives its functions to the roles, \`pool:list ${pool}\` by the operator lists it`;
      return { data: { pool }, text: `The pool is at ${pool}\n${next}` };
    },
  ),
);

interface Creation {
  readonly kind: string;
  readonly data: string;
  predict(creator: string): Promise<string>;
}

async function creationOf(deployment: Deployment, catalogue: Catalogue, name: string, salt: string): Promise<Creation> {
  const { access, factory } = deployment;
  const authority = await access.getAddress();
  const flexible = catalogue.flexiblePools[name];
  if (flexible !== undefined) {
    const config = {
      authority,
      distributor: await deployment.distributor().getAddress(),
      stakingToken: tokenAddress(deployment, catalogue, flexible.stakingToken),
      rewardsToken: tokenAddress(deployment, catalogue, flexible.rewardsToken),
      rewardsDuration: flexible.rewardsDuration,
      minimumStake: flexible.minimumStake,
      cap: flexible.cap,
    };
    return {
      kind: "flexible",
      data: factory.interface.encodeFunctionData("createFlexiblePool", [config, salt]),
      predict: async (creator) => factory.predictFlexiblePool(creator, config, salt),
    };
  }
  if (catalogue.fixedTermPools[name] === undefined) {
    const known = [...Object.keys(catalogue.flexiblePools), ...Object.keys(catalogue.fixedTermPools)].join(", ");
    throw new MendableError(`The catalogue has no pool "${name}"; it has ${known}`);
  }
  const fixed = lookUp(catalogue.fixedTermPools, name);
  const config = {
    authority,
    stakingToken: tokenAddress(deployment, catalogue, fixed.stakingToken),
    rewardsToken: tokenAddress(deployment, catalogue, fixed.rewardsToken),
    conversion: fixed.conversion,
    renderer: singletonAddress("PositionRenderer"),
    rewardsPool: fixed.rewardsPool === undefined ? ZeroAddress : namedAddress(deployment, fixed.rewardsPool, "pool"),
    insurance: await deployment.insuranceFund().getAddress(),
    treasury: catalogue.treasury,
    split: fixed.split,
    terms: [...fixed.terms],
  };
  return {
    kind: "fixed-term",
    data: factory.interface.encodeFunctionData("createFixedTermPool", [config, salt]),
    predict: async (creator) => factory.predictFixedTermPool(creator, config, salt),
  };
}
