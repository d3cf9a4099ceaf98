/** The whole state of the page, and every transition from one state to the next: pure functions, `state => state`. */
import {
  changeApplied,
  changeAsked,
  changeCancelled,
  changeFailed,
  changeProgressed,
  unknownSource,
} from "./source.js";

/** How many events are kept. */
const LOG_LIMIT = 500;

export const initialState = Object.freeze({
  /** Whom the page talks to: `{ organizationId, endpoint, isEmulator, token }`; `null` when it holds no token. */
  connection: null,
  /** Which organization at which endpoint the knowledge in `sources` is about. */
  subject: null,
  /** The sources, in the order of the list. */
  sources: [],
  /** The status that is chosen to be set next. */
  statusType: null,
  /** The latest change of many sources: `{ statusType, done, failed, total, state }`. */
  bulk: null,
  /** Until when the service wants no requests, in milliseconds since 1970. */
  throttledUntil: 0,
  /** The latest events, `{ number, event }`, oldest first. */
  log: [],
});

/** @param {{ organizationId: string, endpoint: string, isEmulator: boolean }} connection */
export const connected = (connection) => (state) => {
  const subject = `${connection.organizationId} at ${connection.endpoint}`;
  return {
    ...state,
    connection: { ...connection, token: { verdict: "untried" } },
    subject,
    bulk: null,
    throttledUntil: 0,
    // The same id in another organization is another source.
    sources: state.subject === subject ? state.sources : state.sources.map(({ id }) => unknownSource(id)),
  };
};

export const disconnected = () => (state) => ({ ...state, connection: null });

export const sourcesAdded = (ids) => (state) => ({
  ...state,
  sources: [...state.sources, ...ids.map(unknownSource)],
});

export const sourceRemoved = (id) => (state) => ({
  ...state,
  sources: state.sources.filter((source) => source.id !== id),
});

export const statusChosen = (statusType) => (state) => ({ ...state, statusType });

export const changeBegun = (sourceId, statusType) => (state) =>
  withSource(state, sourceId, (source) => changeAsked(source, statusType, { isBulk: false }));

export const bulkBegun = (sourceIds, statusType) => (state) => {
  const chosen = new Set(sourceIds);
  const sources = state.sources.map((source) =>
    chosen.has(source.id) ? changeAsked(source, statusType, { isBulk: true }) : source,
  );
  return {
    ...state,
    sources,
    bulk: { statusType, total: chosen.size, done: 0, failed: 0, state: "running" },
  };
};

export const bulkAdvanced =
  ({ done, failed }) =>
  (state) => ({ ...state, bulk: { ...state.bulk, done, failed } });

/** @param {"complete" | "cancelled"} how */
export const bulkEnded = (how) => (state) => ({ ...state, bulk: { ...state.bulk, state: how } });

export const eventSeen = (event) => (state) => {
  const number = (state.log.at(-1)?.number ?? 0) + 1;
  const seen = {
    ...withSource(state, event.sourceId, (source) => changeProgressed(source, event)),
    log: [...state.log, { number, event }].slice(-LOG_LIMIT),
  };
  return event.type === "throttled" ? { ...seen, throttledUntil: event.at + event.delayMs } : seen;
};

export const logCleared = () => (state) => ({ ...state, log: [] });

export const applied = (update, at) => (state) =>
  withVerdict(
    withSource(state, update.sourceId, (source) => changeApplied(source, update, at)),
    "accepted",
    at,
  );

export const failed = (sourceId, statusType, error, at) => (state) =>
  withVerdict(
    withSource(state, sourceId, (source) => changeFailed(source, statusType, error, at)),
    { unauthenticated: "refused", forbidden: "insufficient" }[error.code],
    at,
  );

export const cancelled = (sourceId, statusType, at) => (state) =>
  withSource(state, sourceId, (source) => changeCancelled(source, statusType, at));

function withSource(state, id, change) {
  const sources = state.sources.map((source) => (source.id === id ? change(source) : source));
  return { ...state, sources };
}

/** What an answer says of the token. Most failures say nothing of it. */
function withVerdict(state, verdict, at) {
  if (verdict === undefined || state.connection === null) return state;
  return { ...state, connection: { ...state.connection, token: { verdict, at } } };
}
