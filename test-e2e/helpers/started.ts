import { localUrl, freePort } from "../../scripts/lib/local-node.ts";
import { runScript } from "../../test/helpers/script.ts";

/** What `npm start` prints last before it waits for Ctrl-C. */
const READY = "Ctrl-C ends the node";

/** `npm start` in a process of its own, on ports of its own. */
export interface Started {
  readonly ports: Ports;
  readonly nodeUrl: string;
  readonly pageUrl: string;
  /** Ends it as Ctrl-C does, and waits until it has ended. */
  stop(): Promise<void>;
}

export interface Ports {
  readonly node: number;
  readonly page: number;
}

/** Starts it, and waits until it serves; on free ports unless some are given. */
export async function start(ports?: Ports): Promise<Started> {
  const { node, page } = ports ?? { node: await freePort(), page: await freePort() };
  const script = runScript("start", "localhost", node, { PAGE_PORT: String(page) });
  await script.printed(READY);
  const [, pageUrl] = /^The page, with a development wallet in it: (\S+)$/m.exec(script.output()) ?? [];
  if (pageUrl === undefined) throw new Error(`No page in:\n${script.output()}`);
  return {
    ports: { node, page },
    nodeUrl: localUrl(node),
    pageUrl,
    async stop() {
      script.signal("SIGINT");
      await script.exitCode;
    },
  };
}
