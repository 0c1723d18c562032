// The build that everybody gets, served as `npm start` serves its own, for the same chain.
import { buildPage, servePage, type PageDeployment, type PageServer } from "../../scripts/lib/page-server.ts";

/** Builds and serves it, with what its `deployment.json` says changed where wanted. */
export async function serveProduction(
  { nodeUrl, pageUrl }: { readonly nodeUrl: string; readonly pageUrl: string },
  change: Partial<PageDeployment> = {},
): Promise<PageServer> {
  // The page's own description, whose shape its server fixes.
  const deployment = (await (await fetch(`${pageUrl}/deployment.json`)).json()) as PageDeployment;
  process.env["PAGE_PORT"] = "0"; // a free one
  return servePage(await buildPage(), { ...deployment, ...change }, nodeUrl);
}
