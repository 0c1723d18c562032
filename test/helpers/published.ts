export { publishedBuild } from "../../scripts/lib/published-build.ts";
