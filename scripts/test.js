import { join } from "node:path";
import { runStep, steps } from "./checks/steps.js";
import { Failure } from "./command.js";
import { build } from "./package/build.js";
import { root } from "./project.js";
import { script, seconds } from "./script.js";
import { installBrowsers } from "./toolchain/browsers.js";
import { installNpmPackages } from "./toolchain/npm-packages.js";
import { setUp } from "./toolchain/setup.js";

/** `npm test` runs every step. `npm test -- node types` runs those whose names begin so. */
await script(async (names) => {
  const unknown = names.find((begin) => !steps.some(({ name }) => name.startsWith(begin)));
  if (unknown !== undefined) {
    throw new Failure(`no step ${unknown}; there are ${steps.map(({ name }) => name).join(", ")}`);
  }
  const chosen = steps.filter(
    ({ name }) => names.length === 0 || names.some((begin) => name.startsWith(begin)),
  );
  const env = await setUp();
  // Before the first step, while the user is still there to answer.
  if (chosen.some(({ usesBrowsers }) => usesBrowsers)) await installBrowsers();
  for (const folder of chosen.flatMap(({ npmPackages = [] }) => npmPackages)) {
    await installNpmPackages(join(root, folder));
  }
  if (chosen.some(({ needsPackage }) => needsPackage)) await build(env);

  const results = [];
  for (const step of chosen) {
    console.log(`\n━━ ${step.name}: ${step.what}`);
    const startedAt = performance.now();
    const outcome = await runStep(step, env);
    results.push({ name: step.name, ...outcome, time: seconds(performance.now() - startedAt) });
  }

  console.log("");
  for (const { name, passed, failed, skipped, time } of results) {
    const mark = failed > 0 ? "✗" : skipped ? "!" : "✓";
    const counts = skipped ?? `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ""}`;
    console.log(`${mark} ${name.padEnd(18)} ${time.padStart(7)}  ${counts}`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const notRun = results.filter(({ skipped }) => skipped).length;
  const rest = notRun > 0 ? `, ${notRun} not run` : "";
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${rest}`);
  if (sum("failed") > 0) process.exitCode = 1;
});
