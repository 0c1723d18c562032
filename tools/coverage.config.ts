import config from "../hardhat.config.ts";

// Instrumented contracts stay out of the build.
export default {
  ...config,
  paths: { ...config.paths, artifacts: "coverage/artifacts", cache: "coverage/cache" },
};
