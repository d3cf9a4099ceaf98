import { existsSync } from "node:fs";
import { capture, Failure, run } from "../command.js";
import { timed } from "../script.js";

/**
 * A program of the distribution, installed where that is possible without asking.
 *
 * @param {{ name: string, commands: string[][], packages: string[] }} wanted `commands`: how it may have to be
 *   started; the first is taken that tells its version
 * @returns {Promise<{ command: string[], version: string }>}
 */
export async function fromDistribution({ name, commands, packages }) {
  const found = await firstThatRuns(commands);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await timed(`Installing ${name} from the distribution: about half a minute, once`, async () => {
      await run(["apt-get", "update", "--quiet=2"]);
      await run(["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", ...packages]);
    });
    const now = await firstThatRuns(commands);
    if (now) return now;
  }
  throw new Failure(
    `${name} is missing. Install it (Debian, Ubuntu: \`sudo apt-get install ${packages.join(" ")}\`).`,
  );
}

async function firstThatRuns(commands) {
  for (const command of commands) {
    const { status, output } = await capture([...command, "--version"]);
    const version = output.match(/\d[\w.]*/)?.[0];
    if (status === 0 && version) return { command, version };
  }
  return undefined;
}
