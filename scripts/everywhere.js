import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { markdownTable } from "./everywhere/markdown-table.js";
import { build } from "./package/build.js";
import { script, seconds } from "./script.js";
import { installBrowsers } from "./toolchain/browsers.js";
import { setUp } from "./toolchain/setup.js";

/**
 * `npm run everywhere` tries the packed tarball in every supported runtime and bundler. `npm run everywhere -- Vite
 * Node` tries those whose names begin so. `--markdown FILE` writes the table of docs/compatibility.md.
 */
await script(async (args) => {
  const options = { markdown: { type: "string" } };
  const { values, positionals: names } = parseArgs({ args, options, allowPositionals: true });
  const env = await setUp();
  await installBrowsers();
  await build(env);

  const startedAt = performance.now();
  const outcomes = await tryAll(names);
  if (values.markdown) writeFileSync(values.markdown, markdownTable(outcomes));
  const failed = outcomes.filter(({ failure }) => failure).length;
  console.log(`\nin ${seconds(performance.now() - startedAt)}`);
  console.log(`${outcomes.length - failed} passed, ${failed} failed`);
  if (outcomes.length === 0 || failed > 0) process.exitCode = 1;
});

async function tryAll(names) {
  // Set-up installs the packages that these import.
  const [{ consumers }, { Stage }, { trialsOf }] = await Promise.all([
    import("../tests/everywhere/consumers.js"),
    import("../tests/everywhere/stage.js"),
    import("../tests/everywhere/trials.js"),
  ]);
  const stage = await Stage.open();
  const outcomes = [];
  try {
    for (const consumer of consumers) {
      if (names.length > 0 && !names.some((begin) => consumer.name.startsWith(begin))) continue;
      for await (const outcome of trialsOf(consumer, stage)) {
        outcomes.push(outcome);
        print(outcome);
      }
    }
  } finally {
    await stage.close();
  }
  return outcomes;
}

function print({ name, version, way, failure, elapsedMs }) {
  const mark = failure ? "✗" : "✓";
  console.log(`${mark} ${name.padEnd(18)} ${version.padEnd(14)} ${seconds(elapsedMs).padStart(7)}  ${way}`);
  if (failure) console.log(failure.message.replace(/^/gm, "    "));
}
