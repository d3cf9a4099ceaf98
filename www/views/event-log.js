import { logCleared, logFilterChanged, shownEvents } from "../state/log.js";
import { preciseTime, stamp } from "./clock.js";
import { download } from "./download.js";
import { eventText, eventTone } from "./event-text.js";
import { namePartsOf } from "./source-name.js";
import { instantiate, partsOf } from "./template.js";

/** The distance from the end of the log within which the user is taken to follow it. */
const FOLLOW_PX = 32;

/** The interval between drawings: hundreds of events may come in a second, and nobody reads faster. */
const DRAWN_EVERY_MS = 100;

/** The number of lines shown, more than anybody scrolls through. All events that are kept can be downloaded. */
const LINES_SHOWN = 300;

/** Shows events as they happen: a line for each attempt, answer, wait and result. */
export function eventLog({ store }) {
  const scroller = document.getElementById("log-lines");
  const list = document.getElementById("log-list");
  const empty = document.getElementById("no-events");
  const noLines = document.getElementById("no-lines");
  const tools = document.getElementById("log-tools");
  const { text, kind, ...buttons } = partsOf(tools);
  let lines = [];
  let filter;
  let timer;

  buttons.clear.addEventListener("click", () => {
    store.update(logCleared());
    scroller.focus();
  });
  buttons.download.addEventListener("click", () => {
    const events = shownEvents(store.state.log, store.state.logFilter, searched);
    const records = events.map(({ event }) => JSON.stringify({ ...event, at: stamp(event.at) }));
    download("push-source-status-log.jsonl", "application/jsonl", `${records.join("\n")}\n`);
  });
  text.addEventListener("input", () => store.update(logFilterChanged({ text: text.value })));
  kind.addEventListener("input", () => store.update(logFilterChanged({ kind: kind.value })));

  store.watch(
    (state) => [state.log, state.logFilter, state.panel],
    () => {
      if (timer === undefined) timer = setTimeout(draw, DRAWN_EVERY_MS);
    },
  );

  function draw() {
    timer = undefined;
    const { log, logFilter, panel, subject } = store.state;
    tools.hidden = log.length === 0;
    empty.hidden = log.length > 0;
    if (panel !== "log") return;
    const isFollowed = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < FOLLOW_PX;
    const shown = shownEvents(log, logFilter, searched).slice(-LINES_SHOWN);
    noLines.hidden = log.length === 0 || shown.length > 0;
    if (logFilter !== filter) {
      filter = logFilter;
      lines = [];
      list.replaceChildren();
    }
    const first = shown[0]?.number ?? Number.POSITIVE_INFINITY;
    while (lines.length > 0 && lines[0].number < first) lines.shift().root.remove();

    const latest = lines.at(-1)?.number ?? 0;
    const fresh = shown.filter(({ number }) => number > latest);
    for (const { number, event } of fresh)
      lines.push({ number, event, root: lineOf(event, lines.at(-1)?.event, subject?.organizationId) });
    list.append(...lines.slice(lines.length - fresh.length).map(({ root }) => root));
    if (isFollowed) scroller.scrollTop = scroller.scrollHeight;
  }
}

/** Returns the text that the filter searches. */
function searched(event) {
  return `${event.sourceId} ${eventText(event)}`;
}

function lineOf(event, before, organizationId) {
  const { root, parts } = instantiate("log-line-template");
  parts.time.textContent = preciseTime(event.at);
  parts.time.dateTime = new Date(event.at).toISOString();
  parts.text.textContent = eventText(event);
  parts.source.textContent = namePartsOf(event.sourceId, organizationId).own;
  parts.source.title = event.sourceId;
  root.dataset.tone = eventTone(event);
  // Each client counts its calls anew, so the number alone does not identify a call.
  const isSameCall = before?.callId === event.callId && before.sourceId === event.sourceId;
  root.classList.toggle("continues", isSameCall);
  return root;
}
