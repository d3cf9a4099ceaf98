import { nextTask, quietly } from "./foreign.js";
import { Job } from "./job.js";
import { member } from "./member.js";
import { StatusError } from "./status-error.js";

/** The number of rows begun or reported in one task of the host, so that other tasks can run. */
const SLICE = 100;

/** The number of rows that are begun ahead of their results: the largest possible `concurrency`. */
const AHEAD = 1000;

/** Sets the status of many sources. */
export function setStatuses(host, changes, options) {
  const bulk = new Bulk(host);
  return bulk.perform(async () => {
    for (const catchUp of host.backlogs) catchUp();
    const [id, signal, rows, onProgress] = host.enter((machine) => machine.bulk(changes, options));
    bulk.heed(signal, id !== undefined);
    return bulk.run(id, rows.map(copy), onProgress);
  });
}

/** Copies a row, so that later changes by the caller have no effect. */
function copy(row) {
  if (typeof row !== "object" || row === null) return row;
  return { sourceId: read(row, "sourceId"), statusType: read(row, "statusType") };
}

function read(row, name) {
  try {
    return member(row, name);
  } catch {
    return undefined;
  }
}

class Bulk extends Job {
  #id;
  /** Each row until its call has settled, then its result. */
  #rows;
  /** The index of each row, by the key of its call. */
  #indexes = new Map();
  #isBegun;
  /** The first row that may not have begun. */
  #next = 0;
  #isCancelled = false;
  #catchUp = (sourceId) => this.#begin(this.#rows.length, sourceId);

  cancel(reason) {
    this.#isCancelled = true;
    this.host.backlogs.delete(this.#catchUp);
    super.cancel(reason);
    this.put([]);
  }

  async run(id, rows, onProgress) {
    const { length } = rows;
    this.#id = id;
    this.#rows = rows;
    this.#isBegun = new Uint8Array(length);
    this.host.backlogs.add(this.#catchUp);
    let failed = 0;
    for (let done = 0; done < length; ) {
      if (this.#next < length && this.keys.size < AHEAD) this.#begin(this.#next + SLICE);
      // The caller gets the promise before the first progress.
      if (done === 0) await undefined;
      else if (done % SLICE === 0) await nextTask();
      const [, key, update, error] = await this.next();
      if (this.#isCancelled) throw this.reason;
      const index = this.#indexes.get(key);
      this.#indexes.delete(key);
      this.drop(key);
      const { sourceId, statusType } = Object(rows[index]);
      // The row has the same texts as the update. If they are shared, the results take less memory.
      const result = update
        ? { ok: true, sourceId, statusType, update: { ...update, sourceId, statusType } }
        : { ok: false, sourceId, statusType, error: new StatusError(error) };
      rows[index] = result;
      done += 1;
      failed += update ? 0 : 1;
      if (onProgress) {
        const progress = { result, done, failed, total: length };
        void quietly(() => onProgress.call(undefined, progress));
      }
    }
    return rows;
  }

  end() {
    this.host.backlogs.delete(this.#catchUp);
    super.end();
  }

  /** Begins the rows before `end`, or only those of one source if it is given. */
  #begin(end, sourceId) {
    const refused = [];
    this.host.enter((machine) => {
      for (let index = this.#next; index < Math.min(end, this.#rows.length); index += 1) {
        const row = this.#rows[index];
        if (this.#isBegun[index] || (sourceId !== undefined && row?.sourceId !== sourceId)) continue;
        this.#isBegun[index] = 1;
        const key = this.#beginRow(machine, index, row, refused);
        this.#indexes.set(key, index);
      }
    });
    for (const output of refused) this.put(output);
    if (sourceId !== undefined) return;
    this.#next = end;
    if (end >= this.#rows.length) this.host.backlogs.delete(this.#catchUp);
  }

  #beginRow(machine, index, row, refused) {
    try {
      const key = machine.row(this.#id, index, row);
      this.take(key);
      return key;
    } catch (fault) {
      // The row has no call. Its key is a string, which no call has.
      const key = `${index}`;
      refused.push([this.host.act.Settle, key, undefined, fault]);
      return key;
    }
  }
}
