import { UsageError } from "../usage-error.js";
import { durationOf } from "./duration.js";
import { checkEncoding } from "./encoding.js";

/** Half of the 10 s that `docker stop` allows, since IDLE needs time too. */
const USUAL_GRACE = "5s";

/** The time limits of the active status. A program that is started in any case should not wait for long. */
const USUAL_ACTIVATION = { stop: "60s", continue: "10s" };
const USUAL_CLOSE = "90s";

const WAYS_ON = ["stop", "continue"];
const WAYS_WITH_OTHERS = ["refuse", "skip", "wait", "allow"];

/**
 * The task of a run.
 *
 * @typedef {{ statusType: string, commandLine: string[], graceMs: number, lingerMs: number, isForeground: boolean,
 *   onActivationFailure: string, activationTimeoutMs: number, closeTimeoutMs: number, ifRunning: string }} Task
 *   `commandLine` is the program as it was given, with its arguments
 */

/** @returns {Task} */
export function readTask({ values, positionals: [statusType, ...more], program }, env) {
  if (!program?.length) {
    throw new UsageError("no program: give it after --, as in run REBUILD --source ID -- node connector.js");
  }
  if (statusType === undefined) throw new UsageError("no status: give REBUILD, REFRESH or INCREMENTAL");
  if (statusType === "IDLE") {
    throw new UsageError(
      "IDLE is not an active status; use REBUILD, REFRESH or INCREMENTAL; IDLE is set when the program ends",
    );
  }
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one argument too many; the program follows --`);
  checkEncoding(program, env);
  const time = (name, usual) => durationOf(values[name] || usual, `--${name}`);
  // A time of 0 would leave no attempt.
  const someTime = (name, usual) => Math.max(1, Math.ceil(time(name, usual)));
  const oneOf = (name, [usual, ...others]) => choice(values[name] || usual, [usual, ...others], `--${name}`);
  const onActivationFailure = oneOf("on-activation-failure", WAYS_ON);
  return {
    statusType,
    commandLine: program,
    graceMs: time("grace", USUAL_GRACE),
    lingerMs: time("linger", values.grace || USUAL_GRACE),
    isForeground: values.foreground ?? false,
    onActivationFailure,
    activationTimeoutMs: someTime("activation-timeout", USUAL_ACTIVATION[onActivationFailure]),
    closeTimeoutMs: someTime("close-timeout", USUAL_CLOSE),
    ifRunning: oneOf("if-running", WAYS_WITH_OTHERS),
  };
}

function choice(text, choices, flag) {
  if (choices.includes(text)) return text;
  throw new UsageError(
    `${flag} must be ${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}, got "${text}"`,
  );
}
