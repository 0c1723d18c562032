import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, posix } from "node:path";

import type { HardhatConfig } from "hardhat/types/config";
import type { ConfigHooks, SolidityHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Compiles the Solidity files of some folders without optimizer and IR pipeline, in a fifth of the time: for mocks and for tests
 * that only drive contracts deployed from the build. What tests the arithmetic of a library that it embeds must not be among them,
 * or it would test other code than the one that is deployed. The runs of the compiler that this makes share all cores; Hardhat
 * itself would leave one of them idle, which on a machine with two means one run after the other.
 *
 * @param folders Relative to the project, with `/`.
 * @param except Files in them that keep the deployed contracts' settings.
 */
export function quickCompile(folders: string[], except: string[]): HardhatPlugin {
  const config: Partial<ConfigHooks> = {
    resolveUserConfig: async (userConfig, resolveVariable, next) => {
      const resolved = await next(userConfig, resolveVariable);
      addOverrides(resolved, folders, except);
      return resolved;
    },
  };
  const solidity: Partial<SolidityHooks> = {
    build: (context, files, options, next) => next(context, files, { concurrency: availableParallelism(), ...options }),
  };
  return {
    id: "termstake-quick-compile",
    hookHandlers: {
      config: () => Promise.resolve({ default: () => Promise.resolve(config) }),
      solidity: () => Promise.resolve({ default: () => Promise.resolve(solidity) }),
    },
  };
}

function addOverrides(config: HardhatConfig, folders: string[], except: string[]): void {
  const profile = config.solidity.profiles.default;
  const usual = profile?.compilers[0];
  if (profile === undefined || usual === undefined) throw new Error("no default compiler is configured");

  // One object for all of them: Hardhat runs the compiler once per configuration object.
  const settings = { ...(usual.settings as object), viaIR: false, optimizer: { enabled: false } };
  const quick = { ...usual, settings };
  for (const folder of folders) {
    for (const file of readdirSync(join(config.paths.root, folder), { recursive: true, encoding: "utf8" })) {
      const source = posix.join(folder, file.replaceAll("\\", "/"));
      if (source.endsWith(".sol") && !except.includes(source)) profile.overrides[source] = quick;
    }
  }
}
