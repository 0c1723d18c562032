import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "artifacts/",
      "cache/",
      "coverage/",
      "types/",
      "deploy/deployments/",
      "packages/sdk/src/generated/",
      "packages/sdk/src/typechain/",
      "packages/sdk/test/consumers/",
      "**/dist/",
      "app/dist-local/",
      "test-e2e/results/",
      "node_modules/",
    ],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Amounts are bigints and go into messages as they are.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // mocha's describe and it return nothing to wait for at the top level.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "@types/mocha", name: ["describe", "it"] }] },
      ],
    },
  },
  {
    files: ["test/**/*.ts", "packages/*/test/*.ts"],
    rules: {
      // chai's assertions are property reads.
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [js.configs.recommended],
    languageOptions: { globals: { console: "readonly", process: "readonly" } },
  },
  prettier,
);
