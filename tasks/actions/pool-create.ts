import { id, ZeroAddress } from "ethers";

import { lookUp, type ProtocolConfig } from "../../deploy/config/protocol-config.ts";
import { UserError } from "../../shared/user-error.ts";
import { singletonAddress } from "../../deploy/singletons.ts";
import { namedAddress, readProtocolConfig, tokenAddress } from "../lib/protocol-config.ts";
import { command } from "../lib/command.ts";
import type { Deployment } from "../lib/deployment.ts";
import type { SendingArguments } from "../lib/options.ts";
import { eventsOf } from "../lib/receipts.ts";
import { sendingAnswer } from "../lib/send.ts";

interface Arguments extends SendingArguments {
  name: string;
  protocolConfig: string | undefined;
  salt: string | undefined;
}

export default command<Arguments>(async (args, hre) =>
  sendingAnswer(
    hre,
    args,
    async (deployment) => {
      const { factory } = deployment;
      const protocolConfig = await readProtocolConfig(deployment, "--protocol-config", args.protocolConfig);
      const salt = id(args.salt ?? args.name);
      const creation = await creationOf(deployment, protocolConfig, args.name, salt);
      const to = await factory.getAddress();
      return {
        intent: `pool:create ${creation.data}`,
        async prepare(from) {
          const predicted = await creation.predict(from);
          if ((await deployment.provider.getCode(predicted)) !== "0x") {
            throw new UserError(
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

async function creationOf(
  deployment: Deployment,
  protocolConfig: ProtocolConfig,
  name: string,
  salt: string,
): Promise<Creation> {
  const { access, factory } = deployment;
  const authority = await access.getAddress();
  const flexible = protocolConfig.flexiblePools[name];
  if (flexible !== undefined) {
    const config = {
      authority,
      distributor: await deployment.distributor().getAddress(),
      stakingToken: tokenAddress(deployment, protocolConfig, flexible.stakingToken),
      rewardsToken: tokenAddress(deployment, protocolConfig, flexible.rewardsToken),
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
  if (protocolConfig.fixedTermPools[name] === undefined) {
    const known = [...Object.keys(protocolConfig.flexiblePools), ...Object.keys(protocolConfig.fixedTermPools)].join(
      ", ",
    );
    throw new UserError(`The protocol config has no pool "${name}"; it has ${known}`);
  }
  const fixed = lookUp(protocolConfig.fixedTermPools, name);
  const config = {
    authority,
    stakingToken: tokenAddress(deployment, protocolConfig, fixed.stakingToken),
    rewardsToken: tokenAddress(deployment, protocolConfig, fixed.rewardsToken),
    conversion: fixed.conversion,
    renderer: singletonAddress("PositionRenderer"),
    rewardsPool: fixed.rewardsPool === undefined ? ZeroAddress : namedAddress(deployment, fixed.rewardsPool, "pool"),
    insurance: await deployment.insuranceFund().getAddress(),
    treasury: protocolConfig.treasury,
    split: fixed.split,
    terms: [...fixed.terms],
  };
  return {
    kind: "fixed-term",
    data: factory.interface.encodeFunctionData("createFixedTermPool", [config, salt]),
    predict: async (creator) => factory.predictFixedTermPool(creator, config, salt),
  };
}
