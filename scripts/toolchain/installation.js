import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { capture, Failure, run, withPath } from "../command.js";

const executable = process.platform === "win32" ? ".exe" : "";

/**
 * An installation of tools into the cache. It happens in a folder of this process, and a tool reaches its own folder by one
 * renaming at the end. So a tool in the cache is always complete.
 */
export class Installation {
  #folder;

  constructor(cache) {
    this.#folder = join(cache, `installing-${process.pid}`);
    mkdirSync(cache, { recursive: true });
    removeLeftovers(cache);
    // Ctrl-C ends cargo too. Then the folder is discarded before this process ends.
    process.on("SIGINT", waitForCargo);
  }

  /** The folder of the programs until they are kept. */
  get bin() {
    return join(this.#folder, "bin");
  }

  /** Downloads ready-made programs that the tools' authors publish. It takes two minutes at most. */
  async download(tools) {
    const options = ["--no-confirm", "--strategies", "crate-meta-data", "--root", this.#folder];
    await capture(["cargo", "binstall", ...options, ...crates(tools)], { timeout: 120_000 });
  }

  /** Compiles without optimisation: that halves the time, and these tools are fast enough. */
  async compile(tools) {
    const options = ["--debug", "--no-default-features", "--force", "--root", this.#folder];
    // cargo warns that the folder is not on PATH; but the folder is temporary.
    const env = withPath([this.bin], {
      ...process.env,
      CARGO_PROFILE_DEV_DEBUG: "0",
      CARGO_TARGET_DIR: join(this.#folder, "target"),
    });
    const install = (tool, ...more) =>
      run(["cargo", "install", ...options, ...more, ...crates([tool])], { env });
    try {
      for (const tool of tools) {
        await install(tool, "--locked").catch(() => {
          console.log(
            `  Nothing is wrong yet. Once more, without the lock file of ${tool.crate}: a registry may not serve all that it names.`,
          );
          return install(tool);
        });
      }
    } catch (error) {
      throw new Failure(
        `${error.message}\nIt needs a C compiler (Debian: \`apt-get install build-essential\`, macOS: ` +
          "`xcode-select --install`) and a way to crates.io.",
      );
    }
  }

  /** Moves each tool to its folder in the cache. */
  keep(tools) {
    for (const { crate, program, folder } of tools) {
      const whole = join(this.#folder, crate);
      mkdirSync(join(whole, "bin"), { recursive: true });
      renameSync(join(this.bin, program + executable), join(whole, "bin", program + executable));
      rmSync(folder, { recursive: true, force: true });
      renameSync(whole, folder);
    }
  }

  discard() {
    rmSync(this.#folder, { recursive: true, force: true });
    process.off("SIGINT", waitForCargo);
  }
}

function waitForCargo() {}

function crates(tools) {
  return tools.map(({ crate, version }) => `${crate}@${version}`);
}

/** Removes the folders of processes that were killed during an installation. */
function removeLeftovers(cache) {
  for (const name of readdirSync(cache)) {
    const owner = name.match(/^installing-(\d+)$/)?.[1];
    if (owner && !isRunning(Number(owner))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
