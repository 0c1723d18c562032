import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The mode of `npm start`; only it contains the development wallet. */
const LOCAL_MODE = "local-node";

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "./", // the page works under any path
  plugins: [react(), tailwindcss()],
  resolve: {
    // The bindings' sources, so that nothing has to be built before the page is.
    alias: [
      { find: /^@termstake\/bindings\/(\w+)$/, replacement: `${import.meta.dirname}/../packages/bindings/src/$1.ts` },
      // The page holds no keys: curves to sign by are the wallet's.
      { find: "@noble/curves/secp256k1", replacement: `${import.meta.dirname}/src/chain/no-keys.ts` },
      // It takes addresses only, no names: the tables that names are normalised by are a tenth of what would be loaded first.
      { find: /^\.\/ens-resolver\.js$/, replacement: `${import.meta.dirname}/src/chain/no-names.ts` },
      { find: "@adraffy/ens-normalize", replacement: `${import.meta.dirname}/src/chain/no-names.ts` },
    ],
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
