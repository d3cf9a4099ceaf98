/** Prints the life of the owner of a journal's first entry, as seen from here. */
import { fileJournal } from "push-source-status/journal";

const [{ owner }] = await fileJournal(JSON.parse(process.argv[2])).entries();
console.log(owner);
