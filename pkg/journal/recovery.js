import { isOlder } from "./age.js";
import { checkStaleness } from "./arguments.js";
import { isAt, placeOf } from "./place.js";

/** Sets IDLE for the activities whose owner is gone: see its declaration. */
export async function recoverUnfinished(client, journal, options = {}) {
  const { staleMs = Infinity, sourceIds, signal } = options;
  checkStaleness(staleMs);
  const place = placeOf(client);
  const isMeant = (entry) => isAt(place, entry) && (sourceIds?.includes(entry.sourceId) ?? true);
  const entries = (await journal.entries()).filter(isMeant);
  const ids = [...new Set(entries.map(({ sourceId }) => sourceId))];
  const recoveries = ids.map((id) => {
    const found = entries.filter(({ sourceId }) => sourceId === id);
    return new Recovery({ client, journal, place, staleMs, signal }, id).results(found);
  });
  return (await Promise.all(recoveries)).flat();
}

/** The recovery of one source. */
class Recovery {
  #context;
  #sourceId;

  constructor(context, sourceId) {
    this.#context = context;
    this.#sourceId = sourceId;
  }

  async results(entries) {
    if (this.#ended(entries).length === 0) return this.#kept(entries);
    let claim;
    try {
      claim = await this.#claim();
      if (!claim.ok) return entries.map((entry) => ({ entry, outcome: "kept", reason: "claimed" }));
      // Read again: before the claim, another owner may have ended or begun an activity.
      return await this.#recover(await this.#entries());
    } catch (error) {
      return entries.map((entry) => ({ entry, outcome: "failed", error }));
    } finally {
      claim?.release?.();
    }
  }

  async #claim() {
    const { journal, place, staleMs } = this.#context;
    if (!journal.claim || journal.holds?.(this.#sourceId, place)) return { ok: true };
    return journal.claim(this.#sourceId, { place, staleMs, purpose: "recovery" });
  }

  async #entries() {
    const { journal, place } = this.#context;
    return (await journal.entries(this.#sourceId)).filter((entry) => isAt(place, entry));
  }

  async #recover(entries) {
    const ended = this.#ended(entries);
    if (ended.length === 0) return this.#kept(entries);
    const end = await this.#end(ended);
    return ended.map((entry) => ({ entry, ...end }));
  }

  /** Sets IDLE once, whatever the number of records. */
  async #end(entries) {
    const { client, journal, signal } = this.#context;
    let end;
    try {
      const update = await client.setStatus(this.#sourceId, "IDLE", { signal });
      end = { outcome: "ended", update };
    } catch (error) {
      if (error?.code !== "not_found") return { outcome: "failed", error };
      end = { outcome: "forgotten", error };
    }
    try {
      for (const entry of entries) await journal.strike(entry);
      return end;
    } catch (error) {
      return { outcome: "failed", error };
    }
  }

  /**
   * Returns the entries that IDLE would end. There are none without an activity to end, and none if IDLE would also end the work
   * of a live owner or a later call.
   */
  #ended(entries) {
    const over = entries.filter((entry) => this.#isOver(entry));
    const starts = over.filter(({ kind }) => kind === "activity").map(({ at }) => at);
    const isWanted = over.some(({ kind, at }) => kind === "call" && at > Math.max(...starts));
    return starts.length === 0 || over.length < entries.length || isWanted ? [] : over;
  }

  #isOver({ owner, at }) {
    return owner === "gone" || (owner === "unknown" && isOlder(at, this.#context.staleMs));
  }

  #kept(entries) {
    const isInUse = entries.some((entry) => !this.#isOver(entry));
    return entries.map((entry) => ({ entry, outcome: "kept", reason: this.#reason(entry, isInUse) }));
  }

  #reason(entry, isInUse) {
    if (!this.#isOver(entry)) return entry.owner;
    return isInUse && entry.kind === "activity" ? "in_use" : "call";
  }
}
