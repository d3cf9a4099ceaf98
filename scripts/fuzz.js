import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { capture, Failure, run } from "./command.js";
import { root } from "./project.js";
import { script, timed } from "./script.js";

/** The time for each target, in seconds. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 60);

/** The instrumentation that reports coverage to the fuzzer. These are plain passes of LLVM, so stable Rust is enough. */
const COVERAGE = [
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
  "-Ccodegen-units=1",
];

const project = join(root, "fuzz");
const built = join(root, "target/fuzz");

/**
 * `npm run fuzz`: looks for inputs that break the properties of the core, a minute each, guided by coverage;
 * `npm run fuzz -- status verdict` runs these two. `FUZZ_SECONDS` changes the time. The corpus is kept in `target/fuzz`, and
 * the next run continues from there.
 */
await script(async (names) => {
  const targets = readdirSync(join(project, "fuzz_targets")).map((file) => file.replace(/\.rs$/, ""));
  const unknown = names.find((name) => !targets.includes(name));
  if (unknown !== undefined) throw new Failure(`no target ${unknown}; there are ${targets.join(", ")}`);

  const host = await hostTriple();
  await timed("Compiling the targets and libFuzzer, which needs a C++ compiler", () =>
    // With a named target, the flags do not reach build scripts.
    run(["cargo", "build", "--release", "--locked", "--quiet", "--target", host, "--bins"], {
      cwd: project,
      env: { ...process.env, CARGO_TARGET_DIR: built, RUSTFLAGS: COVERAGE.join(" ") },
    }),
  );

  const failed = [];
  for (const target of names.length > 0 ? names : targets) {
    const { isClean, summary, output } = await fuzz(join(built, host, "release", target), target);
    console.log(`${isClean ? "✓" : "✗"} ${target.padEnd(12)} ${summary}`);
    if (isClean) continue;
    console.log(output);
    failed.push(target);
  }
  if (failed.length > 0) throw new Failure(`properties were broken: ${failed.join(", ")}`);
});

async function hostTriple() {
  const { output } = await capture(["rustc", "-vV"]);
  return /^host: (.+)$/m.exec(output)?.[1];
}

async function fuzz(program, target) {
  const [corpus, artifacts] = ["corpus", "artifacts"].map((name) => join(built, name, target));
  for (const folder of [corpus, artifacts]) mkdirSync(folder, { recursive: true });
  const { status, output } = await capture([
    program,
    `-max_total_time=${SECONDS}`,
    "-timeout=20",
    "-print_final_stats=1",
    `-artifact_prefix=${artifacts}/`,
    corpus,
  ]);
  const figure = (pattern) => [...output.matchAll(pattern)].at(-1)?.[1] ?? "?";
  const executed = figure(/^stat::number_of_executed_units: +(\d+)/gm);
  const summary = `${executed} inputs tried, ${figure(/ cov: (\d+)/g)} edges of code reached`;
  return { isClean: status === 0, summary, output: output.slice(-8000) };
}
