import { capture, npm, withPath } from "./command.js";
import { script } from "./script.js";
import { denyPin } from "./toolchain/pins.js";
import { setUp } from "./toolchain/setup.js";
import { installTools } from "./toolchain/tools.js";

const deny = ["cargo", "deny", "--locked"];

/** The audits of third-party code. `unreachable` means that an audit could not run. */
const parts = [
  {
    what: "Crates: licences, sources, and no crate in two versions, by deny.toml",
    command: [...deny, "check", "licenses", "sources", "bans"],
  },
  {
    what: "Crates: known weaknesses, by the RustSec database on github.com",
    command: [...deny, "check", "advisories"],
    unreachable: /failed to fetch advisory database/,
  },
  {
    what: "npm packages: the registry's signatures and their provenance, by keys from sigstore.dev",
    command: npm("audit", "signatures", "--fetch-retries=0"),
    unreachable: /code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT)/,
  },
];

/** `npm run audit`. It is not part of `npm test`: its result can change without a change here, and it needs the network. */
await script(async () => {
  await setUp();
  const env = withPath(await installTools([denyPin]));
  const outcomes = [];
  for (const { what, command, unreachable } of parts) {
    console.log(`\n━━ ${what}`);
    const { status, output } = await capture(command, {
      env,
      onOutput: (text) => process.stdout.write(text),
    });
    outcomes.push({ what, mark: status === 0 ? "✓" : unreachable?.test(output) ? "!" : "✗" });
  }
  console.log("");
  for (const { what, mark } of outcomes) {
    console.log(`${mark} ${what}${mark === "!" ? ": NOT RUN, not reachable from here" : ""}`);
  }
  const isBad = ({ mark }) => mark === "✗" || (mark === "!" && process.env.CI);
  if (outcomes.some(isBad)) process.exitCode = 1;
});
