import { readFileSync } from "node:fs";
import { StatusError } from "push-source-status";
import { parseArguments } from "./arguments.js";
import { help } from "./help.js";
import { nearest } from "./nearest.js";
import { Outputs, Secrets } from "./output.js";
import { NO_READING } from "./statuses.js";
import { UsageError } from "./usage-error.js";

/** The exit code for usage errors, unless a command has its own. */
const USAGE_ERROR = 2;

/**
 * The commands. Each exports `options`, `help`, and `execute`, which returns the exit code. It may export `ownFailureCode`,
 * the exit code for everything that goes wrong before its work, usage errors included.
 */
export const COMMANDS = {
  run: () => import("./run/command.js"),
  set: () => import("./set/command.js"),
  unfinished: () => import("./unfinished/command.js"),
  recover: () => import("./recover/command.js"),
  statuses: () => import("./statuses.js"),
  page: () => import("./page/command.js"),
  emulator: () => import("./emulator.js"),
};

/** The words that people try in order to read the status of a source. */
const READING = new Set(["status", "get"]);

/** Runs the command line, and ends the process with its exit code. */
export async function main(words, env) {
  const secrets = new Secrets();
  secrets.add(env.COVEO_ACCESS_TOKEN);
  secrets.add(env.COVEO_API_KEY);
  const outputs = new Outputs(secrets);
  const { stdout, stderr } = outputs;
  let exitCode = await execute(words, { env, stdout, stderr, secrets });
  await outputs.flushed();
  if (stdout.lostBy) {
    stderr.line(`push-source-status: the standard output could not be written (${stdout.lostBy})`);
    exitCode ||= 1;
    await outputs.flushed();
  }
  // An explicit exit, since abandoned work may still hold a timer.
  process.exit(exitCode);
}

async function execute([word, ...words], io) {
  if (word === "--version" || word === "-V") {
    io.stdout.line(version());
    return 0;
  }
  const isHelp = word === "--help" || word === "-h" || word === "help";
  if (isHelp && !Object.hasOwn(COMMANDS, words[0])) {
    io.stdout.write(help);
    return 0;
  }
  const name = isHelp ? words[0] : word;
  if (!Object.hasOwn(COMMANDS, name ?? "")) return unknown(name, io);
  const command = await COMMANDS[name]();
  try {
    const invocation = isHelp ? { values: { help: true } } : parseArguments(words, command.options);
    if (!invocation.values.help) return await command.execute(invocation, io);
    io.stdout.write(command.help);
    return 0;
  } catch (error) {
    return failed(error, name, command.ownFailureCode, io);
  }
}

function unknown(name, { stderr }) {
  if (name === undefined) stderr.write(help);
  else if (READING.has(name)) {
    stderr.line(`push-source-status: ${NO_READING}`);
    stderr.line("What there is to set, push-source-status statuses tells.");
  } else if (name.startsWith("-")) {
    stderr.line("push-source-status: the command comes first; push-source-status --help lists them");
  } else {
    const meant = nearest(name, Object.keys(COMMANDS));
    const remedy = meant ? `did you mean ${meant}?` : `there are ${Object.keys(COMMANDS).join(", ")}`;
    stderr.line(`push-source-status: "${name}" is not a command; ${remedy}`);
  }
  return USAGE_ERROR;
}

function failed(error, name, ownFailureCode, { stderr }) {
  const isExpected = error instanceof UsageError || error instanceof StatusError;
  // Anything else is a bug of this program, and its stack helps to find it.
  const text = isExpected ? error.message : error.stack;
  for (const line of text.split("\n")) stderr.line(`push-source-status: ${line}`);
  if (error instanceof UsageError) stderr.line(`push-source-status ${name} --help says more`);
  return ownFailureCode ?? (isExpected ? USAGE_ERROR : 1);
}

function version() {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
