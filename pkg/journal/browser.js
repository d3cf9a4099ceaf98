/** The entry for browsers. */
export { recoverUnfinished } from "./recovery.js";
export { storageJournal } from "./storage-journal.js";

// The types are the same as for Node, since a type checker does not know where a program will run.
export function fileJournal() {
  throw new TypeError(
    "fileJournal needs files, and this is the journal for browsers: use storageJournal there; " +
      'what bundles a program for Node has to resolve with the condition "node"',
  );
}
