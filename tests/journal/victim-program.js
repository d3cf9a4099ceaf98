/**
 * Works on several sources at once until it is killed, with a journal: by activities and by single calls. It can kill itself at
 * one point of the first activity.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { fileJournal } from "push-source-status/journal";
import { Chance } from "../cli/chance.js";
import { clientOf } from "./service.js";

const { directory, endpoint, sourceIds, seed, killsItselfAt } = JSON.parse(process.argv[2]);
// The process that should kill this one has ended.
process.stdin.on("end", () => process.exit(3)).resume();
const chance = new Chance(seed);
const journal = killingJournal(fileJournal({ directory }));
const client = clientOf(endpoint, { fetch: killingFetch, journal });
await Promise.all(sourceIds.map(workOn));

async function workOn(sourceId) {
  for (;;) {
    const statusType = chance.pick(["REBUILD", "REFRESH", "INCREMENTAL"]);
    const change = chance.oneIn(4)
      ? client.setStatus(sourceId, statusType)
      : client.runActivity(sourceId, statusType, work);
    // The service may refuse or fail.
    await change.catch(() => {});
  }
}

async function work() {
  here("at work");
  await sleep(chance.pick([0, 1, 3]));
}

function here(point) {
  if (point === killsItselfAt) process.kill(process.pid, "SIGKILL");
}

async function killingFetch(url, init) {
  const status = url.endsWith("=IDLE") ? "IDLE" : "active";
  const answer = fetch(url, init);
  // It is looked at after the pause.
  answer.catch(() => {});
  await sleep(0);
  here(`${status} in flight`);
  await answer;
  here(`${status} answered`);
  return answer;
}

function killingJournal(journal) {
  return {
    opened(entries) {
      here("before the entry");
      journal.opened(entries);
      here("after the entry");
    },
    closed(entries) {
      journal.closed(entries);
      here("after the end");
    },
  };
}
