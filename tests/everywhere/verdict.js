import { setTimeout as delay } from "node:timers/promises";

const WITHIN_MS = 30_000;

/**
 * Waits for a report and judges it.
 *
 * @param {Promise<{ results?: { name: string, failure: string | null }[], error?: string }>} report
 * @param {string[]} names the checks in the report, in order: a missing check has not passed
 * @param {() => string} outputSoFar the output of the program or the page so far
 * @throws {Error} unless all checks passed, with those that failed
 */
export async function judge(report, names, outputSoFar) {
  const timeout = new AbortController();
  const silence = delay(WITHIN_MS, {}, { signal: timeout.signal });
  // An aborted wait rejects, and nobody awaits it any more.
  silence.catch(() => {});
  const { results, error } = await Promise.race([report, silence]);
  timeout.abort();
  if (error) throw new Error(error);
  if (!results) throw new Error(`nothing was reported within ${WITHIN_MS / 1000} s\n${outputSoFar()}`.trim());
  const failures = results.filter(({ failure }) => failure !== null);
  if (failures.length > 0)
    throw new Error(failures.map(({ name, failure }) => `${name}: ${failure}`).join("\n"));
  const missing = names.filter((name, index) => results[index]?.name !== name);
  if (missing.length > 0) throw new Error(`not checked: ${missing.join(", ")}`);
}
