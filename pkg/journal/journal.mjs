// One process has one journal of each kind, whether the package is imported or required.
export { fileJournal, recoverUnfinished, storageJournal } from "./journal.cjs";
