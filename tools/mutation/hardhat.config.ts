// The project as mutants run in it: from artifacts of their own, and without a limit of size, since they are compiled
// without the optimizer.
import { defineConfig } from "hardhat/config";

import project from "../../hardhat.config.ts";

const artifacts = process.env["MUTATION_ARTIFACTS"];
if (artifacts === undefined) throw new Error("MUTATION_ARTIFACTS does not say where the artifacts are");

export default defineConfig({
  ...project,
  paths: { ...project.paths, artifacts },
  networks: {
    ...project.networks,
    default: { type: "edr-simulated", chainType: "l1", hardfork: "osaka", allowUnlimitedContractSize: true },
  },
});
