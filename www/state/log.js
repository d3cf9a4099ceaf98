/** The log of the client's events, `{ number, event }`, oldest first. */

/** The number of events that are kept, so that a page that stays open for a week does not grow. */
const LOG_LIMIT = 1000;

/** The filters of the log. */
export const LOG_KINDS = {
  all: () => true,
  results: ({ type }) => type === "done" || type === "failed" || type.startsWith("activity"),
  trouble: ({ type, httpStatus }) =>
    type === "retry" || type === "throttled" || type === "failed" || (type === "reply" && httpStatus >= 300),
};

export const initialLogFilter = Object.freeze({ text: "", kind: "all" });

export function logWith(log, event) {
  const number = (log.at(-1)?.number ?? 0) + 1;
  return [...(log.length < LOG_LIMIT ? log : log.slice(1 - LOG_LIMIT)), { number, event }];
}

export const logCleared = () => (state) => ({ ...state, log: [] });

export const logFilterChanged = (change) => (state) => ({
  ...state,
  logFilter: { ...state.logFilter, ...change },
});

/**
 * Returns the events that pass the filter.
 *
 * @param {(event: object) => string} textOf the text of an event that the words are looked for in
 */
export function shownEvents(log, { text, kind }, textOf) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && kind === "all") return log;
  return log.filter(({ event }) => {
    if (!LOG_KINDS[kind](event)) return false;
    const line = words.length > 0 ? textOf(event).toLowerCase() : "";
    return words.every((word) => line.includes(word));
  });
}
