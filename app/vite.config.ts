import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, runnerImport, type HtmlTagDescriptor, type Plugin } from "vite";

/** The mode of `npm start`; only it contains the development wallet. */
const LOCAL_MODE = "local-node";

/** Writes what the page shows first into the document, so that it is seen before any script has run. */
function firstPaint(): Plugin {
  return {
    name: "first-paint",
    transformIndexHtml: {
      order: "pre",
      async handler(html) {
        const file = `${import.meta.dirname}/src/first-paint-markup.tsx`;
        const { module } = await runnerImport<typeof import("./src/first-paint-markup.tsx")>(file, {
          configFile: false,
          plugins: [react()],
        });
        const root = '<div id="root"></div>';
        if (!html.includes(root)) throw new Error(`index.html has no ${root}`);
        return html.replace(root, `<div id="root">${await module.firstPaintMarkup()}</div>`);
      },
    },
  };
}

/** Has the browser fetch, from the beginning, what is executed after the first paint. */
function preloadPage(): Plugin {
  const pages = ["src/main.tsx", "src/started.tsx"];
  return {
    name: "preload-page",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle = {} }) {
        const files = new Set<string>();
        const add = (file: string) => {
          const chunk = bundle[file];
          if (chunk?.type !== "chunk" || files.has(file)) return;
          files.add(file);
          chunk.imports.forEach(add);
        };
        for (const chunk of Object.values(bundle))
          if (chunk.type === "chunk" && chunk.moduleIds.some((id) => pages.some((page) => id.endsWith(`/${page}`))))
            add(chunk.fileName);
        return [...files].map((file): HtmlTagDescriptor => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, fetchpriority: "low", href: `./${file}` },
          injectTo: "head",
        }));
      },
    },
  };
}

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "./", // the page works under any path
  plugins: [react(), tailwindcss(), firstPaint(), preloadPage()],
  resolve: {
    // The SDK's sources, so that nothing has to be built before the page is.
    alias: [
      { find: /^@termstake\/sdk\/(\w+)$/, replacement: `${import.meta.dirname}/../packages/sdk/src/$1.ts` },
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What everybody loads comes in four files: a file for each handful of modules would take longer to ask for than to transfer.
          // What somebody opens later is split by itself.
          groups: [
            { name: "load", test: /vite\/preload-helper/ }, // what comes before everything else must not need it
            {
              name: "view",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|wouter)\//,
            },
            { name: "first", test: /\/app\/src\/main\.tsx$/ },
            { name: "chain", test: /node_modules\/(ethers\/lib\.esm\/(abi|address|contract|utils)|@noble\/hashes)\// },
            {
              name: "page",
              test: /\/app\/src\/(shell|started|features\/explore\/explore-page|shared\/ui\/pieces)\.tsx$/,
            },
          ],
        },
      },
    },
  },
}));
