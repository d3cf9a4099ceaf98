/** The signals that are forwarded to the program unchanged. */
const FORWARDED = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2"];

/**
 * The other signals that would end this process. ILL, BUS, FPE and SEGV are missing, since Node cannot handle real
 * ones: the failing instruction would be repeated for ever.
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

/** All signals that a run listens to. */
export const LISTENED = [...FORWARDED, ...OTHERS];

/** The signals after which the program has its grace period, and is then killed. */
export const STOPPING = new Set(["SIGTERM", "SIGHUP", "SIGINT", ...OTHERS]);

/** Returns the signal to forward. Programs know how to stop on TERM, but not on signals such as IO or PWR. */
export function passedOn(signal) {
  return FORWARDED.includes(signal) ? signal : "SIGTERM";
}
