/** Claims a source on request, at an instant or repeatedly, and prints the outcome. */
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileJournal } from "push-source-status/journal";

console.log("ready");
for await (const line of createInterface(process.stdin)) {
  const { directory, instant, times } = JSON.parse(line);
  const journal = fileJournal({ directory });
  console.log(times ? await handOn(journal, times) : await race(journal, instant));
}

async function race(journal, instant) {
  while (Date.now() < instant) {
    // All of them at once.
  }
  const { ok } = await journal.claim("source");
  return ok ? "mine" : "another's";
}

/** Whoever holds the source makes a file that nobody else may have made. */
async function handOn(journal, times) {
  const path = join(journal.directory, "held");
  let held = 0;
  while (held < times) {
    const claim = await journal.claim("source");
    if (!claim.ok) {
      await sleep(1);
      continue;
    }
    try {
      closeSync(openSync(path, "wx"));
    } catch {
      return `${held} times alone, and then with another`;
    }
    held += 1;
    rmSync(path);
    claim.release();
  }
  return `${held} times alone`;
}
