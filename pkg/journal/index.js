/** A journal of the sources that may be active, and what recovers them. */
export { fileJournal } from "./file-journal.js";
export { recoverUnfinished } from "./recovery.js";
export { storageJournal } from "./storage-journal.js";
