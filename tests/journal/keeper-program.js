/**
 * Keeps a journal until it is killed: opens an entry for a source, or claims the source, and then says so. With a
 * program, it starts that in a group of its own, and has the journal follow it.
 */
import { spawn } from "node:child_process";
import { fileJournal } from "push-source-status/journal";
import { entryOf } from "./sample.js";

const {
  directory,
  owner,
  sourceId = "kept",
  isClaimed,
  isKilled,
  program,
  endpoint,
} = JSON.parse(process.argv[2]);
const journal = fileJournal({ directory, owner });
if (isClaimed) {
  const { ok } = await journal.claim(sourceId);
  if (!ok) throw new Error("somebody has it");
} else {
  journal.opened([entryOf(sourceId, endpoint && { endpoint })]);
}
if (isKilled) process.kill(process.pid, "SIGKILL");
let group;
if (program) {
  group = spawn(program[0], program.slice(1), { detached: true, stdio: "ignore" }).pid;
  journal.follow(group);
}
console.log(JSON.stringify({ pid: process.pid, group }));
setInterval(() => {}, 60_000);
