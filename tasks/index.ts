// All tasks. A definition is read whenever Hardhat starts, so that it imports nothing but options; its action is loaded when it runs.
import { claim } from "./claim.ts";
import { exit } from "./exit.ts";
import { open } from "./open.ts";
import { pool } from "./pool.ts";
import { pools } from "./pools.ts";
import { positions } from "./positions.ts";
import { renew } from "./renew.ts";
import { stake } from "./stake.ts";
import { unstake } from "./unstake.ts";

export const tasks = [pools, pool, positions, stake, unstake, claim, open, exit, renew];
