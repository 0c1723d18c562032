// Which room may import which: downwards only. `npm test` holds it; CONTRIBUTING.md has the map of the rooms.

/** Each room, and those that it may import besides itself. What stands in none of them is a library. */
const ROOMS = {
  "packages/sdk/src": [],
  "app/src": ["packages/sdk/src"],
  model: [],
  types: [],
  shared: ["packages/sdk/src"],
  build: ["shared"],
  deploy: ["build", "shared", "types", "packages/sdk/src"],
  tasks: ["deploy", "shared", "types", "packages/sdk/src"],
  simulate: ["deploy", "model", "shared", "types", "packages/sdk/src"],
  scripts: ["app", "simulate", "tasks", "deploy", "build", "shared", "types", "packages/sdk/src"],
};

const layers = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room} imports downwards only`,
  severity: "error",
  from: { path: `^${room}/` },
  to: {
    path: "^(?:app|build|deploy|examples|hardhat\\.config|model|packages|scripts|shared|simulate|tasks|test|test-e2e|tools|types)(?:/|\\.)",
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
      from: { pathNot: "^(?:packages|tools|test)/sdk/" },
      to: { path: "^packages/sdk/src/[^/]+/" },
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
    exclude: { path: "(?:^|/)(?:node_modules|artifacts|dist|dist-local)/|^tools/peers/" },
    doNotFollow: { path: "^types/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
