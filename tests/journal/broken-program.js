/** Runs an activity with a journal that cannot be kept. Prints the errors of the journal, and its entries. */
import { fileJournal } from "push-source-status/journal";
import { inWords } from "./sample.js";
import { clientOf } from "./service.js";

const { directory, endpoint, sourceId } = JSON.parse(process.argv[2]);
const journal = fileJournal({ directory });
const failures = [];
const onEvent = ({ type, message }) => {
  if (type === "journal_failed") failures.push(/\bE[A-Z]+\b/.exec(message)?.[0] ?? message);
};
const client = clientOf(endpoint, { journal, onEvent });
await client.runActivity(sourceId, "REBUILD", async () => {});
await client.close();
console.log(
  JSON.stringify({
    failures,
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
