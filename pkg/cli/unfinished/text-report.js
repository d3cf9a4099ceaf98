import { placeFlags } from "../connection.js";
import { ownerText, sinceText } from "../entry-text.js";
import { paintFor, printable } from "../terminal.js";

const COLOURS = { gone: "red", live: "green", unknown: "yellow" };

/** The report of `unfinished` for people. */
export class TextReport {
  #stdout;
  #stderr;
  #paint;
  #isQuiet;
  #journal;

  constructor(stdout, stderr, env, { journal, quiet = false }) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#paint = paintFor(stdout, env);
    this.#isQuiet = quiet;
    this.#journal = journal;
  }

  entries(entries, { directory, isThere }) {
    const readable = entries.filter(({ unreadable }) => unreadable === undefined);
    const places = new Map();
    for (const entry of readable) {
      if (this.#isQuiet && entry.owner === "live") continue;
      const place = `organization ${printable(entry.organizationId)} at ${printable(entry.endpoint)}`;
      places.set(place, [...(places.get(place) ?? []), entry]);
    }
    for (const [place, entriesThere] of places) this.#place(place, entriesThere);
    for (const { file, unreadable } of entries) {
      if (unreadable !== undefined) this.#fail(`${file}: ${unreadable}; it is left as it is`);
    }
    if (entries.length === 0 && !this.#isQuiet) {
      this.#stdout.line(
        isThere ? `nothing is unfinished in ${directory}` : `there is no journal in ${directory}`,
      );
    }
  }

  #place(place, entries) {
    this.#stdout.line(`${place}:`);
    for (const entry of entries) this.#entry(entry);
    const activities = entries.filter(({ kind }) => kind === "activity");
    const command = this.#recover(entries[0]);
    if (activities.some(({ owner }) => owner === "gone")) {
      this.#stdout.line(`what is gone is set to IDLE by: ${command}`);
    }
    if (activities.some(({ owner }) => owner === "unknown")) {
      this.#stdout.line(`what is unknown, if no run takes longer than 6 h: ${command} --stale 6h`);
    }
  }

  #entry({ sourceId, statusType, kind, at, owner, ownedBy }) {
    const { bold } = this.#paint;
    this.#stdout.line(`  ${bold(printable(sourceId))}  ${statusType} ${sinceText(at)}`);
    const note = kind === "call" ? "; set by a call of its own, which recover leaves" : "";
    this.#stdout.line(`    ${this.#paint[COLOURS[owner]](owner)}: ${ownerText(ownedBy)}${note}`);
  }

  #recover(entry) {
    const place = printable(placeFlags(entry));
    const journal = this.#journal ? ` --journal ${quoted(this.#journal)}` : "";
    return `push-source-status recover --all ${place}${journal}`;
  }

  unusable(what, error) {
    this.#fail(`the journal cannot be ${what}: ${error.message}`);
  }

  #fail(text) {
    this.#stderr.line(`push-source-status: ${text}`);
  }
}

/** Returns a path in the notation of a shell. */
function quoted(path) {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
