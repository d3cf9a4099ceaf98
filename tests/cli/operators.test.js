import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { startKeeper } from "../journal/keeper.js";
import { start } from "./command-line.js";
import { BEFORE_THE_BOOT, ELSEWHERE, Night } from "./night.js";

const guide = readFileSync(new URL("../../docs/operators.md", import.meta.url), "utf8");

/** The operator's settings. The endpoint is the stand-in's. */
const OPERATOR = { COVEO_ORGANIZATION_ID: "my-organization", COVEO_SOURCE_ID: "my-source" };

/** The terminal sessions of the guide, by heading: each command with its output and its exit code. */
const shown = new Map(
  guide
    .split(/^#{2,3} /m)
    .slice(1)
    .map((section) => [
      /^.*/.exec(section)[0],
      [...section.matchAll(/^```console\n([\s\S]*?)^```/gm)].map(([, block]) => commandsIn(block)),
    ]),
);

function commandsIn(block) {
  return block
    .split(/^\$ /m)
    .slice(1)
    .reduce((commands, part) => {
      const [command, ...output] = part.trimEnd().split("\n");
      if (command === "echo $?") commands.at(-1).code = Number(output[0]);
      else commands.push({ command, output: output.join("\n"), code: 0 });
      return commands;
    }, []);
}

/** Replaces what differs from run to run: times, processes, places. */
function withoutChance(text, { directory = "/var/lib/connector" } = {}) {
  return text
    .replaceAll(directory, "DIRECTORY")
    .replaceAll(/https?:\/\/[\w.:-]+\/push\/v1/g, "ENDPOINT")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(\d+ \w+ ago\)/g, "TIME")
    .replaceAll(/\b(process|program) \d+/g, "$1 N")
    .replaceAll(/ on [\w-]+(?=[,;]|$)/gm, " on HOST")
    .replaceAll(/\d+ ms|\d+\.\d s/g, "DURATION")
    .replaceAll(/ at [\w.:-]+(?=, \d+ attempt)/g, " at HOST");
}

/** Runs the commands that a section shows, on what its scene has left. */
async function play(t, night, section, index = 0) {
  const commands = shown.get(section)?.[index];
  assert.ok(commands, `docs/operators.md shows nothing under ${section}`);
  for (const { command, output, code } of commands) {
    const [name, ...words] = command.split(" ");
    assert.equal(name, "push-source-status");
    const env = { ...OPERATOR, PUSH_SOURCE_STATUS_JOURNAL: night.directory };
    // The connector succeeds at once.
    const line = words.join(" ").replace("node connector.js", "true").split(" ");
    const end = await start(t, line, { server: night.emulator, env }).ended;
    assert.equal(withoutChance((end.stdout + end.stderr).trimEnd(), night), withoutChance(output), command);
    assert.equal(end.code, code, command);
  }
}

async function aNight(t) {
  const night = await Night.begin(t);
  const connector = (act, options) => night[act]("my-source", { env: OPERATOR, ...options });
  return { night, connector };
}

for (const [section, scene] of [
  ["The program was not started", async ({ night }) => night.emulator.failNext({ status: 403 })],
  [
    "IDLE could not be set",
    async ({ night }) => night.emulator.failNext({ status: 403, statusType: "IDLE" }),
  ],
  ["Another run works on the source", async ({ connector }) => connector("connector")],
  ["A run ends what an earlier one has left", async ({ connector }) => connector("killed")],
  ["The run was killed", async ({ connector }) => connector("killed")],
  [
    "The machine was started anew",
    async ({ night, connector }) => {
      await connector("connector");
      night.rewrite("my-source", BEFORE_THE_BOOT);
    },
  ],
  [
    "The run was killed, and its program goes on",
    async ({ connector }) => connector("killed", { program: ["sleep", "600"] }),
  ],
  [
    "Nobody can tell whether the owner is alive",
    async ({ night, connector }) => {
      await connector("killed");
      night.rewrite("my-source", ELSEWHERE);
    },
  ],
  [
    "The source does not exist any more",
    async ({ night, connector }) => {
      await connector("killed");
      night.emulator.failNext({ status: 404 });
    },
  ],
  [
    "recover is refused",
    async ({ night, connector }) => {
      await connector("killed");
      night.emulator.failNext({ status: 401 });
    },
  ],
  [
    "The settings are of another organization or region",
    async ({ connector }) => connector("killed", { env: { ...OPERATOR, COVEO_ORGANIZATION_ID: "another" } }),
  ],
  [
    "Somebody else has the source to themselves",
    async ({ night, connector }, t) => {
      await connector("killed");
      await startKeeper(t, { directory: night.directory, sourceId: "my-source", isClaimed: true });
    },
  ],
  ["A record is of no use any more", async ({ connector }) => connector("killed")],
  [
    "A file in the journal is no record",
    async ({ night }) => {
      mkdirSync(night.directory);
      writeFileSync(join(night.directory, "half.json"), "{");
    },
  ],
  ["The journal cannot be used", async ({ night }) => writeFileSync(night.directory, "a file")],
]) {
  test(`docs/operators.md, ${section}: what it shows is what is printed`, async (t) => {
    const setting = await aNight(t);
    await scene(setting, t);
    await play(t, setting.night, section);
  });
}
