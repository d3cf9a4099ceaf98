/** The whole state of the page, and the transitions that concern more than one part of it: pure, `state => state`. */
import { initialLogFilter, logWith } from "./log.js";
import { initialFilter } from "./shown-sources.js";
import { changeApplied, changeAsked, changeCancelled, changeFailed, changeProgressed } from "./source.js";
import { withSource } from "./source-list.js";

export const initialState = Object.freeze({
  /** Whom the page talks to: `{ organizationId, endpoint, isEmulator, token }`; `null` when it holds no token. */
  connection: null,
  /** Which organization at which endpoint the knowledge in `sources` is about: `{ organizationId, endpoint }`. */
  subject: null,
  /** The sources, in the order of the list. */
  sources: [],
  /** The ids of the selected ones, and the one where a range begins. */
  selected: new Set(),
  anchor: null,
  /** What the list was before it was last added to or removed from. */
  undo: null,
  /** What the list is narrowed to, and its order. */
  filter: initialFilter,
  /** The status that is chosen to be set next. */
  statusType: null,
  /** The latest change of many sources. */
  bulk: null,
  /** Until when the service wants no requests, in milliseconds since 1970. */
  throttledUntil: 0,
  /** The latest events, and what of them is shown. */
  log: [],
  logFilter: initialLogFilter,
  /** The panel beside the list, and the source that it is about. */
  panel: "log",
  inspected: null,
  /** The latest activity that was run from here. */
  activity: null,
  /** What the emulator says of itself: `{ faults, activities, problem }`. */
  emulator: { faults: null, activities: null, problem: null },
  /** Why nothing is kept in this browser; `null` where it is. */
  keepingProblem: null,
});

/**
 * @param {{ organizationId: string, endpoint: string, isEmulator: boolean }} connection
 * @param {object[]} kept the sources as this browser kept them
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

/** What an activity learns of the token: that it was accepted, or why not. */
export const tokenTried = (error, at) => (state) =>
  withVerdict(state, error ? verdictOf(error) : "accepted", at);

function verdictOf({ code }) {
  return { unauthenticated: "refused", forbidden: "insufficient" }[code];
}

/** What an answer says of the token. Most failures say nothing of it. */
function withVerdict(state, verdict, at) {
  if (verdict === undefined || state.connection === null) return state;
  return { ...state, connection: { ...state.connection, token: { verdict, at } } };
}
