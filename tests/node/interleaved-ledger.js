/** The answers to requests that certainly were not applied. */
const REFUSALS = [401, 403, 404, 429, 503];

/** The answers after which the client cannot know whether the request was applied. `null` is no answer. */
const UNCLEAR = [null, 408, 500, 502, 504];

const ORDER = "x-made";

/** A `fetch` that numbers requests in the order of their calls. On their way, one may overtake another. */
export function numberedFetch() {
  let made = 0;
  return (url, init) => {
    made += 1;
    return fetch(url, { ...init, headers: { ...init.headers, [ORDER]: String(made) } });
  };
}

/** The knowledge of a client about its requests for the active status of one source. */
export class Knowledge {
  #attempts = 0;
  #refusals = 0;
  #cancelled = 0;

  take({ type, statusType, httpStatus, code }) {
    if (statusType === "IDLE") return;
    if (type === "attempt") this.#attempts += 1;
    if (type === "reply" && REFUSALS.includes(httpStatus)) this.#refusals += 1;
    if (type === "failed" && code === "cancelled") this.#cancelled += 1;
  }

  /** Returns whether all of them were answered and refused. */
  get neverActive() {
    return this.#attempts === this.#refusals && this.#cancelled === 0;
  }
}

/**
 * The requests that an emulator has seen, by source, in the order of their calls.
 *
 * @returns {Map<string, import("push-source-status/emulator").RequestRecord[]>}
 */
export function ledgersOf(emulator) {
  const ledgers = new Map();
  for (const request of emulator.requests) {
    const ledger = ledgers.get(request.sourceId) ?? [];
    ledgers.set(request.sourceId, ledger);
    ledger.push(request);
  }
  for (const ledger of ledgers.values()) ledger.sort((a, b) => a.headers[ORDER] - b.headers[ORDER]);
  return ledgers;
}

/** Returns the problems in the ledger of a source whose activities have all ended. */
export function problemsOf(ledger, { knowledge, saidLeftActive }) {
  const problems = [];
  const perhapsApplied = ledger.filter(({ applied, httpStatus }) => applied || UNCLEAR.includes(httpStatus));
  const last = perhapsApplied.at(-1)?.statusType ?? "IDLE";
  if (last !== "IDLE" && !saidLeftActive) problems.push("does not end in IDLE, and there was no error");
  if (knowledge.neverActive && ledger.some(({ statusType }) => statusType === "IDLE")) {
    problems.push("gets IDLE though it was never active");
  }
  return problems;
}

/** Formats a ledger for people. */
export function printed(ledger) {
  const line = ({ statusType, httpStatus, fault, applied }) =>
    `  ${statusType} ${httpStatus ?? fault}, ${applied ? "applied" : "not applied"}`;
  return ledger.map(line).join("\n");
}
