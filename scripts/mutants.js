import { capture, Failure, run } from "./command.js";
import { script } from "./script.js";

/** Enough cases for the properties to notice, few enough for hundreds of builds. */
const CASES = "16";

/**
 * `npm run mutants`: breaks the core in each of the ways that cargo-mutants knows, one after the other, and lists those
 * that no test notices. That takes hours. `npm run mutants -- --file src/activity.rs` takes minutes, and `-- --shard 0/8`
 * does an eighth of it. `.cargo/mutants.toml` says what is broken, and which tests run.
 */
await script(async (options) => {
  if ((await capture(["cargo", "mutants", "--version"])).status !== 0) {
    throw new Failure("cargo-mutants is missing; install it with `cargo install --locked cargo-mutants`");
  }
  await run(["cargo", "mutants", "--output", "target", "--jobs", "1", ...options], {
    env: { ...process.env, PROPTEST_CASES: process.env.PROPTEST_CASES ?? CASES },
  });
});
