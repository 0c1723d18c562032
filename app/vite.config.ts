import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The mode of `npm start`; only it contains the development wallet. */
const LOCAL_MODE = "local-node";

/** The bindings' sources, so that nothing has to be built before the page is. */
const BINDINGS = "../packages/bindings/src";
const SHIM = "shim";

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "./", // the page works under any path
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: Object.entries({ ethers: SHIM, errors: BINDINGS, math: SHIM, addresses: SHIM }).map(([name, folder]) => ({
      find: `@termstake/bindings/${name}`,
      replacement: `${import.meta.dirname}/${folder}/${name}.ts`,
    })),
  },
  // A constant rather than a test at run time, so that nothing of the wallet is left in any other build.
  define: { __DEVELOPMENT_WALLET__: JSON.stringify(mode === LOCAL_MODE) },
  build: {
    target: "es2023",
    assetsInlineLimit: 0, // the Content-Security-Policy names no inline sources
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
}));
