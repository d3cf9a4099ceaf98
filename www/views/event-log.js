import { logCleared } from "../state/page-state.js";
import { preciseTime } from "./clock.js";
import { eventText, eventTone } from "./event-text.js";
import { namePartsOf } from "./source-name.js";
import { instantiate } from "./template.js";

/** So near to its end, the log is taken to be followed. */
const FOLLOW_PX = 32;

/** What happened, as it happens: a line for each attempt, answer, wait and result. */
export function eventLog({ store }) {
  const scroller = document.getElementById("log-lines");
  const list = document.getElementById("log-list");
  const empty = document.getElementById("no-events");
  const clear = document.getElementById("clear-log");
  const lines = [];
  clear.addEventListener("click", () => store.update(logCleared()));

  store.watch(
    (state) => [state.log],
    (log) => {
      const isFollowed = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < FOLLOW_PX;
      const first = log[0]?.number ?? Number.POSITIVE_INFINITY;
      while (lines.length > 0 && lines[0].number < first) lines.shift().root.remove();

      const organizationId = store.state.connection?.organizationId;
      const fresh = log.filter(({ number }) => number > (lines.at(-1)?.number ?? 0));
      const added = fresh.map(({ number, event }) => {
        const before = lines.at(-1);
        const line = { number, event, root: lineOf(event, before?.event, organizationId) };
        lines.push(line);
        return line.root;
      });
      list.append(...added);

      empty.hidden = log.length > 0;
      clear.hidden = log.length === 0;
      if (isFollowed) scroller.scrollTop = scroller.scrollHeight;
    },
  );
}

function lineOf(event, before, organizationId) {
  const { root, parts } = instantiate("log-line-template");
  parts.time.textContent = preciseTime(event.at);
  parts.time.dateTime = new Date(event.at).toISOString();
  parts.text.textContent = eventText(event);
  parts.source.textContent = namePartsOf(event.sourceId, organizationId).own;
  parts.source.title = event.sourceId;
  root.dataset.tone = eventTone(event);
  // Each client counts its calls anew, so the number alone does not tell.
  const isSameCall = before?.callId === event.callId && before.sourceId === event.sourceId;
  root.classList.toggle("continues", isSameCall);
  return root;
}
