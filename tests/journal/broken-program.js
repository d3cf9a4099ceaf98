/** Does an activity with a journal that cannot be kept, and says what the journal failed with, and what is in it. */
import { fileJournal } from "push-source-status/journal";
import { JournaledClient } from "./journaled-client.js";
import { inWords } from "./sample.js";
import { clientOf } from "./service.js";

const { directory, endpoint, sourceId } = JSON.parse(process.argv[2]);
const client = clientOf(endpoint);
const journal = fileJournal({ directory });
const journaled = new JournaledClient(client, journal);
await journaled.runActivity(sourceId, "REBUILD", async () => {});
await client.close();
console.log(
  JSON.stringify({
    failures: journaled.failures.map(({ code }) => code),
    check: failureOf(() => journal.check()),
    claim: await journal.claim(sourceId).then(
      ({ ok }) => ok,
      ({ code }) => code,
    ),
    entries: await journal.entries().then(inWords, ({ code }) => code),
  }),
);

function failureOf(act) {
  try {
    act();
    return undefined;
  } catch (error) {
    return error.code;
  }
}
