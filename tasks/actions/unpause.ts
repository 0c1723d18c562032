import { command } from "../lib/command.ts";
import { pausingOrder, type PausingArguments } from "../lib/pausing.ts";
import { sendingAnswer } from "../lib/send.ts";

export default command<PausingArguments>(async (args, hre) =>
  sendingAnswer(hre, args, async (deployment) => pausingOrder(deployment, args, false)),
);
