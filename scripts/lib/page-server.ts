import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { UserError } from "../../shared/user-error.ts";

/** The one interface that the page is served on: the wallet in it acts for unlocked accounts. */
const HOST = "127.0.0.1";
const DEFAULT_PORT = 3000;
/** Most that a request to the node may hold. */
const LARGEST_REQUEST = 5_000_000;

/** What the page reads beside itself; `app/src/chain/deployment.ts` says what each means. */
export interface PageDeployment {
  readonly chainId: number;
  readonly chainName: string;
  readonly walletRpcUrl: string;
  readonly deploymentBlock: number;
  readonly contracts: Readonly<Record<"PoolFactory" | "StakingLens" | "RewardDistributor" | "InsuranceFund", string>>;
  readonly developmentAccounts: readonly string[];
}

export interface PageServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** No inline script or style, nothing from elsewhere, and no page around this one. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
/** Of scripts and styles, which are no documents: the policy of the page that they belong to holds. */
const PART_HEADERS = { "x-content-type-options": "nosniff" };

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

const PARTS: ReadonlySet<string | undefined> = new Set([TYPES[".js"], TYPES[".css"]]);

interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly compressed: Buffer;
  /** Whether the name changes with the content. */
  readonly immutable: boolean;
}

/** Builds the page with the development wallet in it, into a folder of its own, and returns that. Throws what the build says. */
export async function buildLocalPage(): Promise<string> {
  return build("dist-local", "--mode", "local-node");
}

/** Builds the page as everybody gets it, and returns its folder. Throws what the build says. */
export async function buildPage(): Promise<string> {
  return build("dist");
}

async function build(folder: string, ...options: string[]): Promise<string> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const vite = path.join(root, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", "app", ...options, "--outDir", folder, "--logLevel", "warn", "--emptyOutDir"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`The page could not be built:\n${output}`);
  return path.join(root, "app", folder);
}

/**
 * Serves a built page on 127.0.0.1, with its deployment as `deployment.json` and the node behind `rpc`, so that one port is enough.
 * The port is 3000 or a free one, or exactly what the environment variable PAGE_PORT says.
 */
export async function servePage(folder: string, deployment: PageDeployment, nodeUrl: string): Promise<PageServer> {
  const assets = await readAssets(folder);
  const description = JSON.stringify({ ...deployment, rpcUrl: "rpc" });
  const server = createServer((request, response) => {
    answer(request, response, assets, description, nodeUrl).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502, HEADERS);
      response.end(error instanceof Error ? error.message : "");
    });
  });
  const port = await listen(server);
  return {
    url: `http://${HOST}:${port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  assets: ReadonlyMap<string, Asset>,
  description: string,
  nodeUrl: string,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://page");
  if (pathname === "/rpc") {
    await passToNode(request, response, nodeUrl);
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    refuse(response, 405);
    return;
  }
  if (pathname === "/deployment.json") {
    response.writeHead(200, { ...HEADERS, "content-type": "application/json", "cache-control": "no-store" });
    response.end(description);
    return;
  }
  const asset = assets.get(pathname === "/" ? "/index.html" : pathname);
  if (asset === undefined) {
    refuse(response, 404);
    return;
  }
  const compress = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
  response.writeHead(200, {
    ...(PARTS.has(asset.type) ? PART_HEADERS : HEADERS),
    "content-type": asset.type,
    "cache-control": asset.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
    ...(compress && { "content-encoding": "gzip" }),
  });
  response.end(compress ? asset.compressed : asset.body);
}

/**
 * Passes a JSON-RPC request to the node. Only from the page itself: the node's accounts are unlocked, and a page from elsewhere, also one
 * whose name was made to point here, shall not use them through this door.
 */
async function passToNode(request: IncomingMessage, response: ServerResponse, nodeUrl: string): Promise<void> {
  const { host = "", origin = `http://${host}` } = request.headers;
  if (request.method !== "POST") {
    refuse(response, 405);
    return;
  }
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(host) || origin !== `http://${host}`) {
    refuse(response, 403);
    return;
  }
  if (request.headers["content-type"]?.startsWith("application/json") !== true) {
    refuse(response, 415);
    return;
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > LARGEST_REQUEST) {
      refuse(response, 413);
      return;
    }
    parts.push(part);
  }
  const answered = await fetch(nodeUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: Buffer.concat(parts),
  });
  response.writeHead(answered.status, { ...HEADERS, "content-type": "application/json", "cache-control": "no-store" });
  response.end(Buffer.from(await answered.arrayBuffer()));
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, HEADERS);
  response.end();
}

/** All files of a built page, by path: there are few, and what is not among them cannot be asked for. */
async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const assets = await Promise.all(
    files.map(async ({ parentPath, name }): Promise<[string, Asset]> => {
      const file = path.join(parentPath, name);
      const body = await readFile(file);
      const place = `/${path.relative(folder, file).split(path.sep).join("/")}`;
      const type = TYPES[path.extname(name)] ?? "application/octet-stream";
      return [place, { type, body, compressed: gzipSync(body), immutable: place.startsWith("/assets/") }];
    }),
  );
  return new Map(assets);
}

async function listen(server: Server): Promise<number> {
  const text = process.env["PAGE_PORT"];
  const wanted = Number(text ?? DEFAULT_PORT);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
    throw new UserError(`PAGE_PORT is "${String(text)}", which is no port`);
  try {
    server.listen(wanted, HOST);
    await once(server, "listening");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") throw error;
    if (text !== undefined) throw new UserError(`Port ${wanted} of ${HOST} is taken: set PAGE_PORT to another port`);
    server.listen(0, HOST);
    await once(server, "listening");
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The system gave no port");
  return address.port;
}
