import { once } from "node:events";
import { createInterface } from "node:readline";
import { capture, Failure, pathOf, run } from "../command.js";
import { timed } from "../script.js";

/**
 * A program of the distribution.
 *
 * @typedef {object} DistributionProgram
 * @property {string} name
 * @property {string[][]} commands ways to start it: the first one that prints its version is used
 * @property {string[]} packages Debian's
 */

/**
 * @param {DistributionProgram} program
 * @returns {Promise<{ command: string[], version: string } | undefined>}
 */
export async function findProgram({ commands }) {
  for (const command of commands) {
    const { status, output } = await capture([...command, "--version"]);
    const version = output.match(/\d[\w.]*/)?.[0];
    if (status === 0 && version) return { command, version };
  }
  return undefined;
}

/**
 * Finds a program, and throws where it is missing.
 *
 * @throws {Failure} with the command that installs it
 */
export async function requireProgram(program) {
  const found = await findProgram(program);
  if (!found) throw new Failure(`${program.name} is missing. ${remedy(program.packages)}`);
  return found;
}

/**
 * Installs missing programs. That changes the system, so a user at a terminal is asked first. Where the installation is refused or
 * impossible, the command is printed, and the steps that need the programs do not run.
 *
 * @param {DistributionProgram[]} programs
 */
export async function installPrograms(programs) {
  const found = await Promise.all(programs.map(findProgram));
  const missing = programs.filter((_, index) => !found[index]);
  if (missing.length === 0) return;

  const names = missing.map(({ name }) => name).join(", ");
  const packages = missing.flatMap((program) => program.packages);
  const withoutThem = `Missing: ${names}. What needs them is not run. ${remedy(packages)}`;
  if (!isRoot() || !pathOf("apt-get")) return console.log(withoutThem);

  const commands = [
    ["apt-get", "update", "--quiet=2"],
    ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", ...packages],
  ];
  const spelled = commands.map((command) => command.join(" ")).join(" && ");
  if (isAttended() && !(await agrees(`Missing: ${names}. Run \`${spelled}\`?`))) {
    return console.log(`\n${withoutThem}`);
  }
  try {
    await timed(`Installing ${names} from the distribution: about half a minute each, once`, async () => {
      for (const command of commands) await run(command);
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`${error.message}\n${withoutThem}`);
  }
}

function remedy(packages) {
  const command = `${isRoot() ? "" : "sudo "}apt-get install --no-install-recommends ${packages.join(" ")}`;
  return `To install (Debian, Ubuntu): \`${command}\``;
}

function isRoot() {
  return process.getuid?.() === 0;
}

function isAttended() {
  return process.stdin.isTTY && process.stdout.isTTY && !process.env.CI;
}

async function agrees(question) {
  process.stdout.write(`${question} [Y/n] `);
  const terminal = createInterface({ input: process.stdin, terminal: false });
  const line = once(terminal, "line").then(([answer]) => answer.trim());
  // Ctrl-D.
  const end = once(terminal, "close").then(() => "no");
  const answer = await Promise.race([line, end]);
  terminal.close();
  return /^(y|yes|)$/i.test(answer);
}
