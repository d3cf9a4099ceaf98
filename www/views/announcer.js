import { outcomeOf } from "./bulk-bar.js";
import { eventText } from "./event-text.js";
import { write } from "./template.js";

const RESULTS = ["done", "failed", "activity_ended"];

/** Announces each result once to users of screen readers, but neither lines of the log nor steps of progress. */
export function announcer({ store }) {
  const place = document.getElementById("said");
  let heard = null;
  let bulkBefore;

  store.watch(
    (state) => [state.log, state.bulk?.state],
    (log, bulkState) => {
      const { bulk, sources } = store.state;
      const from = log.findLastIndex(({ event }) => event === heard) + 1;
      heard = log.at(-1)?.event ?? null;
      const isOfBulk = ({ sourceId }) => bulkBefore === "running" && bulk?.ids.has(sourceId);
      const results = log.slice(from).filter(({ event }) => RESULTS.includes(event.type) && !isOfBulk(event));
      const result = results.at(-1)?.event;
      const hasEnded = bulkBefore === "running" && bulkState !== "running";
      bulkBefore = bulkState;
      if (hasEnded && bulk !== null) return write(place, outcomeOf(bulk));
      if (result === undefined || bulkState === "running") return;
      const name = sources.find(({ id }) => id === result.sourceId)?.name || result.sourceId;
      write(place, `${name}: ${eventText(result)}`);
    },
  );
}
