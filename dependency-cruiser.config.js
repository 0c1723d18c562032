// Which room may import which: downwards only. `npm test` holds it; CONTRIBUTING.md has the map of the rooms.

/** Each room, and those that it may import besides itself. What stands in none of them is a library. */
const ROOMS = {
  "packages/sdk/src": [],
  "app/src": ["packages/sdk/src"],
  model: [],
  types: [],
  shared: ["packages/sdk/src"],
  build: ["shared"],
  deploy: ["shared", "types", "packages/sdk/src"],
  tasks: ["deploy", "shared", "types", "packages/sdk/src"],
  simulate: ["deploy", "shared", "types", "packages/sdk/src"],
};

const names = Object.keys(ROOMS).join("|");
const layers = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room} imports downwards only`,
  severity: "error",
  from: { path: `^${room}/` },
  to: {
    path: "^(?:app|artifacts|build|deploy|hardhat\\.config|model|packages|scripts|shared|simulate|tasks|test|test-e2e|tools|types)(?:/|\\.)",
    pathNot: [room, ...below].map((each) => `^${each}/`),
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "a package is imported through its subpaths",
      severity: "error",
      from: { pathNot: "^(?:packages|scripts|test)/sdk/" },
      to: { path: "^packages/sdk/src/[^/]+/" },
    },
    {
      name: "only tests import tests",
      severity: "error",
      from: { path: `^(?:${names}|scripts)/`, pathNot: "^scripts/deep/" },
      to: { path: "^(?:test|test-e2e)/" },
    },
    {
      name: "the model and expected values are independent of the SDK",
      severity: "error",
      from: { path: "^(?:model|test/model|test/oracles|test/helpers/model)/" },
      to: { path: "^packages/" },
    },
    ...layers,
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "^(?:node_modules|types|artifacts)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
