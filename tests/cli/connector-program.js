/** A connector that has a journal, and works until it is killed. With a program, its process group is the owner too. */
import { spawn } from "node:child_process";
import { clientFromEnv } from "push-source-status/env";
import { fileJournal } from "push-source-status/journal";

const { directory, owner, sourceIds, program, isCall } = JSON.parse(process.argv[2]);
const journal = fileJournal({ directory, owner });
const client = clientFromEnv({ journal });
const work = () => {
  let group;
  if (program) {
    group = spawn(program[0], program.slice(1), { detached: true, stdio: "ignore" }).pid;
    journal.follow(group);
  }
  console.log(JSON.stringify({ group }));
  setInterval(() => {}, 60_000);
  return new Promise(() => {});
};
if (isCall) await client.setStatus(sourceIds[0], "REBUILD").then(work);
else await client.runActivity(sourceIds, "REBUILD", work);
