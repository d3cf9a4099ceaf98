/** Prints whether the owner of the first entry of a journal is alive, as seen from here. */
import { fileJournal } from "push-source-status/journal";

const [{ owner }] = await fileJournal(JSON.parse(process.argv[2])).entries();
console.log(owner);
