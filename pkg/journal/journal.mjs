// One process has one journal module, whether it is imported or required.
export { fileJournal, recoverUnfinished, storageJournal } from "./journal.cjs";
