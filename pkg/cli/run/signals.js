/** The signals that the program gets as they come. */
const FORWARDED = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

/**
 * The other signals that would end this process. Not ILL, BUS, FPE and SEGV, which Node cannot handle when they are
 * meant: the instruction that fails would be tried again for ever.
 */
const OTHERS = [
  "SIGABRT",
  "SIGALRM",
  "SIGIO",
  "SIGPROF",
  "SIGPWR",
  "SIGSTKFLT",
  "SIGSYS",
  "SIGTRAP",
  "SIGVTALRM",
  "SIGXCPU",
];

/** Every signal that a run listens to. */
export const LISTENED = [...FORWARDED, ...OTHERS];

/** After these the program has its grace, and is killed then. */
export const STOPPING = new Set(["SIGTERM", "SIGHUP", "SIGINT", ...OTHERS]);

/** What the program is sent: programs know how to stop by TERM, not by IO or PWR. */
export function passedOn(signal) {
  return FORWARDED.includes(signal) ? signal : "SIGTERM";
}
