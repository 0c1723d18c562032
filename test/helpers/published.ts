export { publishedBuild } from "../../deploy/published-build.ts";
