import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { BIN, Child, environment, TOKEN } from "./command-line.js";

/** The folder with the files that the recipes expect on their machine, each at its path. */
export const machine = mkdtempSync(join(tmpdir(), "push-source-status-recipes-"));
process.on("exit", () => rmSync(machine, { recursive: true }));

const files = {
  "/etc/coveo/token": `${TOKEN}\n`,
  "/var/run/coveo/token": `${TOKEN}\n`,
  "/credentials/token": `${TOKEN}\n`,
  "/var/lock/other": "",
  "/opt/connector/connector.js": 'process.exitCode = process.env.PUSH_SOURCE_ID === "my-source" ? 3 : 4;',
};
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(machine, path)), { recursive: true });
  writeFileSync(join(machine, path), content);
}
mkdirSync(join(machine, "/usr/local/bin"), { recursive: true });
const command = join(machine, "/usr/local/bin/push-source-status");
symlinkSync(BIN, command);
chmodSync(BIN, 0o755);

export const example = (name) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");
const here = (text) =>
  text.replaceAll(/(?<![\w/])\/(etc|var|opt|credentials|usr\/local)\//g, `${machine}/$1/`);

/** Runs a recipe's command line with the recipe's variables. Only the endpoint is changed. */
export function follow(t, line, variables, server) {
  const { COVEO_REGION: region, ...rest } = variables;
  assert.equal(region, "eu");
  const PATH = [dirname(command), dirname(process.execPath), process.env.PATH].join(":");
  const own = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value && here(value)]));
  const env = { ...environment(server, { COVEO_ACCESS_TOKEN: undefined, ...own }), PATH };
  return new Child(
    t,
    spawn("sh", ["-c", here(line)], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] }),
  );
}

export function variablesIn(lines) {
  return Object.fromEntries(lines.map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1)).filter(Boolean));
}

/** Returns a function that finds the values of a setting in a systemd unit. */
export function settingsOf(unit) {
  const settings = [...unit.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => ({ name, value }));
  return (wanted) =>
    settings
      .filter(({ name }) => name === wanted)
      .map(({ value }) => value.replace(/\$\{CREDENTIALS_DIRECTORY\}/, "/credentials"));
}

/** Returns the command line of a container, and its variables. */
export function containerOf(manifest) {
  const words = ["command", "args"].flatMap((name) =>
    JSON.parse(new RegExp(`^ *${name}: (\\[.*\\])$`, "m").exec(manifest)[1]),
  );
  const variables = [...manifest.matchAll(/\{ name: ([A-Z_]+), value: ([\w/-]+) \}/g)].map((match) =>
    match.slice(1),
  );
  return { line: words.join(" "), variables: Object.fromEntries(variables) };
}
