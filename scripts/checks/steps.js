import { basename } from "node:path";
import { capture, Failure } from "../command.js";
import { cratesApart } from "../project.js";
import { chromium } from "../toolchain/chromium.js";
import { cargoTally, nodeTally } from "./tally.js";
import { testFiles } from "./test-files.js";

const denyWarnings = ["--", "--deny", "warnings"];
const wasm = ["--target", "wasm32-unknown-unknown", "--lib", "--features", "web"];

/** Long enough for a busy machine: only a step that hangs takes this long. */
const TIMEOUT_MS = 30 * 60_000;

/** The steps of `npm test`, the quick ones first. */
export const steps = [
  { name: "rust-format", what: "rustfmt", command: ["cargo", "fmt", "--check"] },
  ...cratesApart.map((folder) => ({
    name: `rust-format-${basename(folder)}`,
    what: `rustfmt, in ${folder}`,
    command: ["cargo", "fmt", "--check", "--manifest-path", `${folder}/Cargo.toml`],
  })),
  { name: "javascript", what: "format and lint", command: ["biome", "check", "--error-on-warnings"] },
  {
    name: "rust-lint",
    what: "clippy, on this machine",
    command: ["cargo", "clippy", "--locked", "--all-targets", ...denyWarnings],
  },
  {
    name: "rust-lint-wasm",
    what: "clippy, for WebAssembly",
    command: ["cargo", "clippy", "--locked", ...wasm, ...denyWarnings],
  },
  {
    ...nodeTests("scripts", "set-up, and the server of the admin page", ["tests/scripts"]),
    needsPackage: false,
  },
  {
    name: "core",
    what: "the Rust core, on this machine",
    command: ["cargo", "test", "--locked", "--no-fail-fast"],
    tally: cargoTally,
  },
  types("nodenext", "Node's types without a DOM, ESM and CommonJS"),
  types("node16", "the same under the older resolution"),
  types("bundler", "Node's types, resolved as bundlers do"),
  types("dom", "a DOM without Node's types"),
  nodeTests("node", "the package in Node", ["tests/node", "tests/faults"]),
  nodeTests("journal", "the journal, as real processes", ["tests/journal"]),
  {
    ...nodeTests("seam", "the package among foreign code: fake timers, other fetches, polyfills", [
      "tests/seam",
    ]),
    npmPackages: ["tests/seam"],
    usesBrowsers: true,
  },
  nodeTests("cli", "the command line", ["tests/cli"]),
  nodeTests("package", "the packed tarball, as its users get it", ["tests/package"]),
  {
    ...nodeTests("everywhere", "the same in many surroundings, the quick half", ["tests/everywhere/quick"]),
    usesBrowsers: true,
  },
  {
    ...nodeTests("browser", "the package and the admin page in browsers", [
      "tests/browser/batches",
      "tests/browser/engines",
    ]),
    usesBrowsers: true,
    needsChromium: true,
  },
];

function types(name, what) {
  const command = ["tsc", "--project", `tests/types/tsconfig.${name}.json`];
  return { name: `types-${name}`, what, command, needsPackage: true };
}

function nodeTests(name, what, folders) {
  const command = [
    process.execPath,
    "--test",
    "--test-concurrency=3",
    `--test-timeout=${TIMEOUT_MS}`,
    "--test-reporter=spec",
    ...folders.flatMap(testFiles),
  ];
  return { name, what, command, tally: nodeTally, needsPackage: true };
}

/** Runs one step and counts its tests. A step without tests counts as one. */
export async function runStep({ command, tally, needsChromium }, env) {
  try {
    const browser = needsChromium && { PUSH_SOURCE_STATUS_CHROMIUM: await chromium() };
    const { status, output } = await capture(command, {
      env: { ...env, ...browser },
      onOutput: (text) => process.stdout.write(text),
    });
    const succeeded = status === 0;
    const { passed, failed } = tally?.(output) ?? { passed: succeeded ? 1 : 0, failed: 0 };
    // A step that found no test has proved nothing, nor has one whose closing lines cannot be parsed.
    const clean = succeeded && passed > 0;
    return { passed, failed: clean ? failed : Math.max(failed, 1) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(error.message);
    return process.env.CI
      ? { passed: 0, failed: 1 }
      : { passed: 0, failed: 0, skipped: "NOT RUN, see above" };
  }
}
