// All tasks. A definition is read whenever Hardhat starts, so that it imports nothing but options; its action is loaded when it runs.
import { cancel } from "./cancel.ts";
import { claim } from "./claim.ts";
import { compensate } from "./compensate.ts";
import { distribute } from "./distribute.ts";
import { execute } from "./execute.ts";
import { exit } from "./exit.ts";
import { fund } from "./fund.ts";
import { keeperTask } from "./keeper.ts";
import { open } from "./open.ts";
import { operatorAdd } from "./operator-add.ts";
import { operatorRemove } from "./operator-remove.ts";
import { operations } from "./operations.ts";
import { pause } from "./pause.ts";
import { penaltySplit } from "./penalty-split.ts";
import { poolAdopt } from "./pool-adopt.ts";
import { poolCreate } from "./pool-create.ts";
import { poolList } from "./pool-list.ts";
import { pool } from "./pool.ts";
import { pools } from "./pools.ts";
import { positions } from "./positions.ts";
import { recipients } from "./recipients.ts";
import { renew } from "./renew.ts";
import { roundCancel } from "./round-cancel.ts";
import { unpause } from "./unpause.ts";
import { scheduleCreate } from "./schedule-create.ts";
import { stake } from "./stake.ts";
import { termAdd } from "./term-add.ts";
import { termClose } from "./term-close.ts";
import { unstake } from "./unstake.ts";
import { verifyDeploymentTask } from "./verify-deployment.ts";
import { watchTask } from "./watch.ts";

export const tasks = [
  cancel,
  claim,
  compensate,
  distribute,
  execute,
  exit,
  fund,
  keeperTask,
  open,
  operatorAdd,
  operatorRemove,
  operations,
  pause,
  penaltySplit,
  poolAdopt,
  poolCreate,
  poolList,
  pool,
  pools,
  positions,
  recipients,
  renew,
  roundCancel,
  unpause,
  scheduleCreate,
  stake,
  termAdd,
  termClose,
  unstake,
  verifyDeploymentTask,
  watchTask,
];
