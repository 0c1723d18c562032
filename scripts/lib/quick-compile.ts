import { readdirSync } from "node:fs";
import { join, posix } from "node:path";

import type { HardhatConfig } from "hardhat/types/config";
import type { ConfigHooks } from "hardhat/types/hooks";
import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Compiles the Solidity files of some folders without optimizer and IR pipeline, in a fifth of the time: for mocks and for tests
 * that only drive contracts deployed from the build. What tests the arithmetic of a library that it embeds must not be among them,
 * or it would test other code than the one that is deployed.
 *
 * @param folders Relative to the project, with `/`.
 * @param except Files in them that keep the deployed contracts' settings.
 */
export function quickCompile(folders: string[], except: string[]): HardhatPlugin {
  const hooks: Partial<ConfigHooks> = {
    resolveUserConfig: async (userConfig, resolveVariable, next) => {
      const config = await next(userConfig, resolveVariable);
      addOverrides(config, folders, except);
      return config;
    },
  };
  const loadHooks = (): Promise<Partial<ConfigHooks>> => Promise.resolve(hooks);
  return {
    id: "termstake-quick-compile",
    hookHandlers: { config: () => Promise.resolve({ default: loadHooks }) },
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
