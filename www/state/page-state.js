/** The whole state of the page, and the transitions that concern more than one part of it: pure, `state => state`. */
import { initialLogFilter, logWith } from "./log.js";
import { initialFilter } from "./shown-sources.js";
import { changeApplied, changeAsked, changeCancelled, changeFailed, changeProgressed } from "./source.js";
import { withSource } from "./source-list.js";

export const initialState = Object.freeze({
  /** The connection: `{ organizationId, endpoint, isEmulator, token }`; `null` while the page has no token. */
  connection: null,
  /** The organization and endpoint that `sources` belongs to: `{ organizationId, endpoint }`. */
  subject: null,
  /** The sources, in the order of the list. */
  sources: [],
  /** The ids of the selected sources, and the source at which a range begins. */
  selected: new Set(),
  anchor: null,
  /** The list before the latest addition or removal. */
  undo: null,
  /** The filter and the order of the list. */
  filter: initialFilter,
  /** The status that the user has chosen to set next. */
  statusType: null,
  /** The latest bulk. */
  bulk: null,
  /** The time until which the service wants no requests, in milliseconds since 1970. */
  throttledUntil: 0,
  /** The latest events, and the filter of those that are shown. */
  log: [],
  logFilter: initialLogFilter,
  /** The open panel beside the list, and the source that it is about. */
  panel: "log",
  inspected: null,
  /** The latest activity that was run from this page. */
  activity: null,
  /** The state of the emulator: `{ faults, activities, problem }`. */
  emulator: { faults: null, activities: null, problem: null },
  /** The reason why this browser keeps nothing; `null` where it keeps the list. */
  keepingProblem: null,
});

/**
 * Records a connection. The list stays if the organization and the endpoint are the same as before.
 *
 * @param {{ organizationId: string, endpoint: string, isEmulator: boolean }} connection
 * @param {object[]} kept the sources as this browser has kept them
 */
export const connected = (connection, kept) => (state) => {
  const { organizationId, endpoint } = connection;
  const { subject } = state;
  const isSame = subject?.organizationId === organizationId && subject.endpoint === endpoint;
  const same = { ...state, connection: { ...connection, token: { verdict: "untried" } }, throttledUntil: 0 };
  if (isSame) return same;
  return {
    ...same,
    subject: { organizationId, endpoint },
    sources: kept,
    selected: new Set(),
    anchor: null,
    undo: null,
    filter: initialFilter,
    bulk: null,
    activity: null,
    inspected: null,
    panel: "log",
    emulator: initialState.emulator,
  };
};

export const disconnected = () => (state) => ({ ...state, connection: null });

export const statusChosen = (statusType) => (state) => ({ ...state, statusType });

export const panelOpened = (panel) => (state) => ({ ...state, panel });

export const sourceInspected = (inspected) => (state) => ({
  ...state,
  inspected,
  panel: state.panel === "activity" ? "activity" : "request",
});

export const keepingFailed = (keepingProblem) => (state) => ({ ...state, keepingProblem });

export const changeBegun = (sourceId, statusType) => (state) =>
  withSource(state, sourceId, (source) => changeAsked(source, statusType));

export const eventSeen = (event) => (state) => {
  const progressed = withSource(state, event.sourceId, (source) => changeProgressed(source, event));
  const seen = { ...progressed, log: logWith(state.log, event) };
  return event.type === "throttled" ? { ...seen, throttledUntil: event.at + event.delayMs } : seen;
};

export const applied = (update, at) => (state) =>
  withVerdict(
    withSource(state, update.sourceId, (source) => changeApplied(source, update, at)),
    "accepted",
    at,
  );

export const failed = (sourceId, statusType, error, at) => (state) =>
  withVerdict(
    withSource(state, sourceId, (source) => changeFailed(source, statusType, error, at)),
    verdictOf(error),
    at,
  );

export const cancelled = (sourceId, statusType, at) => (state) =>
  withSource(state, sourceId, (source) => changeCancelled(source, statusType, at));

/** Records what an activity has shown about the token: that it was accepted, or why not. */
export const tokenTried = (error, at) => (state) =>
  withVerdict(state, error ? verdictOf(error) : "accepted", at);

function verdictOf({ code }) {
  return { unauthenticated: "refused", forbidden: "insufficient" }[code];
}

/** Records what an answer shows about the token. Most failures show nothing. */
function withVerdict(state, verdict, at) {
  if (verdict === undefined || state.connection === null) return state;
  return { ...state, connection: { ...state.connection, token: { verdict, at } } };
}
