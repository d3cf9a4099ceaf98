/**
 * Keeps a journal until it is killed. It opens an entry for a source, or claims the source, and then prints a line. It may also
 * start a program, by default in its own group, and by default the journal follows it.
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
  hasOwnGroup = true,
  isFollowed = true,
  mark,
  endpoint,
} = JSON.parse(process.argv[2]);
const journal = fileJournal({ directory, owner, mark });
if (isClaimed) {
  const { ok } = await journal.claim(sourceId);
  if (!ok) throw new Error("somebody has it");
} else {
  journal.opened([entryOf(sourceId, endpoint && { endpoint })]);
}
if (isKilled) process.kill(process.pid, "SIGKILL");
let group;
if (program) {
  const [name, value] = mark?.split("=") ?? [];
  const env = { ...process.env, ...(mark && { [name]: value }) };
  group = spawn(program[0], program.slice(1), { detached: hasOwnGroup, stdio: "ignore", env }).pid;
  if (isFollowed) journal.follow(group);
}
console.log(JSON.stringify({ pid: process.pid, group }));
setInterval(() => {}, 60_000);
