// Test files that are loaded once and run many times: each has its own chain, which is taken back to where it was when
// the file was loaded, so that its fixtures deploy what the artifacts hold now.
import hre from "hardhat";
import type { EthereumProvider } from "hardhat/types/providers";
import Mocha from "mocha";

/** A test that takes longer, even where other work runs, hangs. */
const TEST_TIMEOUT_MS = 120_000;

/** All but tests of the gas that optimized contracts take, since not all are optimized here, and of documents. */
const TESTS = /^(?!StakingLens gas )(?!.* as docs\/TOKENS\.md says$)/;

interface Chain {
  provider: EthereumProvider;
  networkHelpers: { clearSnapshots(): void };
}

/** The chains that the file being loaded opens. */
let opened: Chain[] = [];

hre.hooks.registerHandlers("network", {
  newConnection: async (context, next) => {
    const connection = await next(context);
    opened.push(connection);
    return connection;
  },
});

function exactly(title: string): RegExp {
  return new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}$`);
}

export class TestFile {
  readonly #mocha: Mocha;
  readonly #chains: readonly Chain[];
  #snapshots: unknown[] = [];

  private constructor(mocha: Mocha, chains: readonly Chain[]) {
    this.#mocha = mocha;
    this.#chains = chains;
  }

  static async load(file: string): Promise<TestFile> {
    const mocha = new Mocha({ bail: true, reporter: Mocha.reporters.Base, timeout: TEST_TIMEOUT_MS });
    mocha.cleanReferencesAfterRun(false);
    mocha.addFile(file);
    opened = [];
    await mocha.loadFilesAsync();
    // A copy: what a test opens while it runs is that test's own.
    const loaded = new TestFile(mocha, [...opened]);
    await loaded.#keep();
    return loaded;
  }

  /** Runs the file's tests, or the one with this full title, until one fails; returns the title of that one. */
  async run(only?: string): Promise<string | undefined> {
    await this.#rewind();
    this.#mocha.grep(only === undefined ? TESTS : exactly(only));
    return new Promise((resolve) => {
      let failed: string | undefined;
      const runner = this.#mocha.run(() => {
        runner.dispose();
        resolve(failed);
      });
      runner.on("fail", (test) => {
        failed ??= test.fullTitle();
      });
    });
  }

  /** Takes the chains back; what a test may have left switched, too. */
  async #rewind(): Promise<void> {
    for (const [index, { provider, networkHelpers }] of this.#chains.entries()) {
      await provider.request({ method: "evm_revert", params: [this.#snapshots[index]] });
      await provider.request({ method: "evm_setAutomine", params: [true] });
      networkHelpers.clearSnapshots();
    }
    await this.#keep();
  }

  async #keep(): Promise<void> {
    this.#snapshots = await Promise.all(
      this.#chains.map(({ provider }) => provider.request({ method: "evm_snapshot" })),
    );
  }
}
