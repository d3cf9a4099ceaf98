import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { until } from "../browser/patience.js";
import { startKeeper } from "../journal/keeper.js";
import { logOf } from "../journal/service.js";
import { TOKEN } from "./command-line.js";
import { BEFORE_THE_BOOT, ELSEWHERE, killGroup, linesOf, Night } from "./night.js";

test("recover: a connector that was killed at work: IDLE, and nothing is left to do", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["one", "other"]);
  const { code, stdout, stderr } = await night.run(["recover", "--source", "one"]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^one: set to IDLE; it had REBUILD since [-\d]+ [:\d]+ \(\d+ s ago\)\n$/);
  assert.deepEqual(logOf(night.emulator, "one"), ["REBUILD completed"]);
  assert.deepEqual(await night.entries(), ["other gone"]);
  assert.equal((await night.run(["recover", "--all"])).code, 0);
  assert.deepEqual(night.sent, ["one IDLE", "other IDLE"]);
  const end = await night.run(["recover", "--all"]);
  assert.deepEqual([end.code, end.stdout], [0, `nothing is unfinished in ${night.directory}\n`]);
  assert.equal(night.sent.length, 2);
});

test("recover: the source of the environment, unless all are meant", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["one", "other"]);
  const env = { COVEO_SOURCE_ID: "one" };
  assert.equal((await night.run(["recover"], { env })).code, 0);
  assert.deepEqual(night.sent, ["one IDLE"]);
  assert.equal((await night.run(["recover", "--all"], { env })).code, 0);
  assert.deepEqual(night.sent, ["one IDLE", "other IDLE"]);
});

test("row 66: nothing is sent while the connector lives, nor while its program's group does: 1, and whose it is", async (t) => {
  const night = await Night.begin(t);
  const connector = await night.connector("source", { program: ["sleep", "600"] });
  const refused = async (whose) => {
    const { code, stdout, stderr } = await night.run(["recover", "--source", "source"]);
    assert.deepEqual([code, stdout], [1, ""]);
    const said = `remains: its owner is live: ${whose}`;
    assert.match(stderr, new RegExp(`^push-source-status: source: REBUILD since .* ${said}\n$`));
  };
  const { pid, group } = connector;
  await refused(`process ${pid} on \\S+, and its program ${group}`);
  connector.signal("SIGKILL");
  await connector.ended;
  await refused(`program ${group} on \\S+, left by process ${pid}`);
  assert.deepEqual(night.sent, []);
  killGroup(connector.group);
  await until("it is gone", async () => (await night.entries())[0] === "source gone");
  assert.equal((await night.run(["recover", "--source", "source"])).code, 0);
  assert.deepEqual(night.sent, ["source IDLE"]);
});

test("recover: after another start of the machine, whoever has the pid now", async (t) => {
  const night = await Night.begin(t);
  await night.connector("source");
  night.rewrite("source", BEFORE_THE_BOOT);
  assert.equal((await night.run(["recover", "--all"])).code, 0);
  assert.deepEqual(night.sent, ["source IDLE"]);
});

test("recover: an owner that cannot be told: 1, unless its record is stale, or the name is the same", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source", { owner: "nightly" });
  night.rewrite("source", ELSEWHERE);
  for (const words of [[], ["--stale", "1h"], ["--owner", "hourly"]]) {
    const { code, stderr } = await night.run(["recover", "--all", ...words]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /remains: its owner is unknown: process \d+ on another, for the owner nightly; .*--stale/,
    );
  }
  assert.deepEqual(night.sent, []);
  assert.equal((await night.run(["recover", "--all", "--owner", "nightly"])).code, 0);
  assert.deepEqual(night.sent, ["source IDLE"]);
  await night.killed("source");
  night.rewrite("source", ELSEWHERE);
  assert.equal((await night.run(["recover", "--all", "--stale", "0"])).code, 0);
  assert.deepEqual(night.sent, ["source IDLE", "source IDLE"]);
});

test("recover: a source that the service does not know is forgotten; what it refuses remains", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["deleted", "refused"]);
  night.emulator.failNext({ status: 404, sourceId: "deleted" }, { status: 403, sourceId: "refused" });
  const { code, stdout, stderr } = await night.run(["recover", "--all"]);
  assert.equal(code, 1);
  assert.equal(stdout, "deleted: the service does not know it (404), and it is forgotten\n");
  assert.match(stderr, /^push-source-status: refused: REBUILD since .* remains: the service answered 403 /);
  assert.deepEqual(await night.entries(), ["refused gone"]);
});

test("recover: a source that somebody else has to themselves is theirs", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  await startKeeper(t, { directory: night.directory, sourceId: "source", isClaimed: true });
  const { code, stderr } = await night.run(["recover", "--all"]);
  assert.equal(code, 1);
  assert.match(stderr, /remains: somebody else has it to themselves\n$/);
  assert.deepEqual(night.sent, []);
});

test("recover: several at once set IDLE once", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["a", "b", "c"]);
  await Promise.all(Array.from({ length: 3 }, () => night.run(["recover", "--all"])));
  assert.deepEqual(night.sent.sort(), ["a IDLE", "b IDLE", "c IDLE"]);
});

test("recover --dry-run: what would be done; nothing is sent, and nothing written", async (t) => {
  const night = await Night.begin(t);
  await night.killed("left");
  await night.connector("in-work");
  const before = readdirSync(night.directory);
  const env = { COVEO_ACCESS_TOKEN: undefined };
  const { code, stdout, stderr } = await night.run(["recover", "--all", "--dry-run"], { env });
  assert.equal(code, 1);
  assert.match(stdout, /^left: would be set to IDLE; it had REBUILD since .*\n$/);
  assert.match(stderr, /in-work: .* its owner is live: process \d+ on \S+\n$/);
  await night.run(["recover", "--forget", "left", "--dry-run"]);
  assert.deepEqual([night.sent, readdirSync(night.directory)], [[], before]);
});

test("recover --forget: strikes what there is of a source, whoever has it, and needs no settings", async (t) => {
  const night = await Night.begin(t);
  await night.connector(["source", "other"]);
  const env = { COVEO_ORGANIZATION_ID: undefined, COVEO_ACCESS_TOKEN: undefined, COVEO_SOURCE_ID: "other" };
  const { code, stdout } = await night.run(["recover", "--forget", "source", "--forget", "none"], { env });
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^source: REBUILD since .* is forgotten; of process \d+ on \S+, which is live\nnone: the journal has nothing of it\n$/,
  );
  assert.deepEqual(await night.entries(), ["other live"]);
  assert.deepEqual(night.sent, []);
});

test("recover: what a call has set is left, and is no failure", async (t) => {
  const night = await Night.begin(t);
  await night.killed("called", { isCall: true });
  const { code, stdout, stderr } = await night.run(["recover", "--all"]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(
    stdout,
    /^called: REBUILD since .* remains: a call set the source, which may be what somebody wanted/,
  );
  assert.deepEqual(night.sent, []);
});

test("recover: what is of another organization, or no record, is named and in nobody's way", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  await night.killed("elsewhere", { env: { COVEO_ORGANIZATION_ID: "another" } });
  writeFileSync(join(night.directory, "half.json"), "{");
  const { code, stderr } = await night.run(["recover", "--all"]);
  assert.equal(code, 0);
  assert.equal(
    stderr,
    `push-source-status: ${night.directory}/half.json: it is not a whole record; it is left as it is\n` +
      "push-source-status: 1 entry is of another organization or endpoint; push-source-status unfinished shows all\n",
  );
  assert.deepEqual(night.sent, ["source IDLE"]);
  assert.equal((await night.run(["recover", "--all"])).stdout, "");
});

test("recover -q: a file that is no record is named all the same, and the exit code is the same", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  const file = join(night.directory, "half.json");
  writeFileSync(file, "{");
  const { stdout, stderr } = await night.run(["recover", "--all", "-q"]);
  assert.equal(stdout, "");
  assert.equal(stderr, `push-source-status: ${file}: it is not a whole record; it is left as it is\n`);
  const [line] = linesOf((await night.run(["recover", "--all", "-q", "--json"])).stdout);
  assert.deepEqual([line.type, line.file], ["unreadable", file]);
  for (const words of [[], ["-q"]]) assert.equal((await night.run(["recover", "--all", ...words])).code, 0);
});

test("recover: a source that was named, and that is of another organization or endpoint, is no success", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source", { env: { COVEO_ORGANIZATION_ID: "another" } });
  for (const words of [[], ["-q"], ["--json"], ["--json", "-q"]]) {
    const end = await night.run(["recover", "--source", "source", ...words]);
    assert.equal(end.code, 1);
    assert.match(
      end.stdout + end.stderr,
      /1 entry is of another organization or endpoint|"type":"elsewhere"/,
    );
    assert.doesNotMatch(end.stdout, /nothing is unfinished/);
  }
  assert.equal((await night.run(["recover", "--source", "other"])).code, 0);
  assert.equal((await night.run(["recover", "--all", "-q"])).stderr, "");
});

test("recover --json: a line for each entry, and a summary; -q: what remains alone", async (t) => {
  const night = await Night.begin(t);
  await night.killed(["ended", "refused"]);
  night.emulator.failNext({ status: 403, sourceId: "refused" });
  const lines = linesOf((await night.run(["recover", "--all", "--json"])).stdout);
  const results = lines
    .filter(({ type }) => type === "result")
    .sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
  assert.deepEqual(
    results.map(({ sourceId, outcome, error }) => [sourceId, outcome, error?.code]),
    [
      ["ended", "ended", undefined],
      ["refused", "failed", "forbidden"],
    ],
  );
  const summary = {
    type: "summary",
    ended: 1,
    forgotten: 0,
    kept: 0,
    failed: 1,
    remaining: 1,
    dryRun: false,
  };
  assert.deepEqual(lines.at(-1), summary);
  for (const words of [["-q"], ["-q", "--json"]]) {
    const end = await night.run(["recover", "--all", ...words]);
    assert.deepEqual(end, { code: 0, signal: null, stdout: "", stderr: "" });
    await night.killed("refused");
    night.emulator.failNext({ status: 403 });
    assert.match(Object.values(await night.run(["recover", "--all", ...words])).join(), /refused/);
  }
});

test("row 68: a journal that cannot be read: 1, and why", async (t) => {
  const night = await Night.begin(t);
  writeFileSync(night.directory, "a file");
  for (const words of [["--all"], ["--forget", "source"]]) {
    const { code, stdout, stderr } = await night.run(["recover", ...words]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^push-source-status: the journal cannot be used: ENOTDIR: /);
  }
});

test("row 68: no journal: nothing to do, and none is made", async (t) => {
  const night = await Night.begin(t);
  assert.equal((await night.run(["recover", "--all"])).code, 0);
  assert.equal(existsSync(night.directory), false);
});

for (const [words, says] of [
  [[], /which sources\? give --source ID, which may be given again, or --all/],
  [["--forget", ""], /which sources\?/],
  [["--all", "--source", "a"], /--all and --source exclude each other/],
  [["a"], /"a" is one argument too many; a source is given with --source/],
  [["--source", "a/b"], /from --source/],
  [["--all", "--stale", "long"], /--stale must be a time such as/],
  [["--all", "--timeout", "0"], /--timeout must be more than 0/],
]) {
  test(`recover ${words.join(" ")}: 2, and nothing is sent`, async (t) => {
    const night = await Night.begin(t);
    const end = await night.run(["recover", ...words]);
    assert.deepEqual([end.code, end.stdout], [2, ""]);
    assert.match(end.stderr, says);
    assert.deepEqual(night.sent, []);
  });
}

test("recover: the settings that are missing are named all at once", async (t) => {
  const night = await Night.begin(t);
  const env = { COVEO_ORGANIZATION_ID: undefined, COVEO_ACCESS_TOKEN: undefined };
  const { code, stderr } = await night.run(["recover", "--all"], { env });
  assert.equal(code, 2);
  assert.match(stderr, /no organization: .*\n.*no access token: /);
});

test("recover: no token is in anything that is printed or written", async (t) => {
  const night = await Night.begin(t);
  await night.killed("source");
  night.emulator.failNext({ status: 401 });
  const { code, stdout } = await night.run(["recover", "--all", "--json"]);
  assert.equal(code, 1);
  assert.doesNotMatch(stdout, new RegExp(TOKEN));
});
