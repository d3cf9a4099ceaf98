import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { capture, Failure, run, withPath } from "../command.js";

const executable = process.platform === "win32" ? ".exe" : "";

/**
 * Tools being brought into the cache, in a folder of this process alone. A tool reaches its own folder by
 * one renaming at the end, so whatever is found there is whole.
 */
export class Installation {
  #folder;

  constructor(cache) {
    this.#folder = join(cache, `installing-${process.pid}`);
    mkdirSync(cache, { recursive: true });
    removeLeftovers(cache);
    // Ctrl-C reaches cargo too, and ends it: then the folder is discarded before this process ends.
    process.on("SIGINT", waitForCargo);
  }

  /** Where the programs are until they are kept. */
  get bin() {
    return join(this.#folder, "bin");
  }

  /** Looks for ready-made programs, for two minutes at most. Only what the tools' authors publish is taken. */
  async download(tools) {
    const options = ["--no-confirm", "--strategies", "crate-meta-data", "--root", this.#folder];
    await capture(["cargo", "binstall", ...options, ...crates(tools)], { timeout: 120_000 });
  }

  /** Unoptimised: it halves the time to compile, and these tools are fast enough. */
  async compile(tools) {
    const options = ["--debug", "--no-default-features", "--force", "--root", this.#folder];
    // cargo warns about a folder that is not on PATH, as if it were to stay.
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

  /** Moves each tool to the folder where it is looked for. */
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

/** What a process left that was killed while it installed. */
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
