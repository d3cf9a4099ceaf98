/** A journal of the sources that may be active, and their recovery. */
export { fileJournal } from "./file-journal.js";
export { recoverUnfinished } from "./recovery.js";
export { storageJournal } from "./storage-journal.js";
