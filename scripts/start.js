import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture, Failure } from "./command.js";
import { build } from "./package/build.js";
import { serveAdminPage } from "./page/admin-page.js";
import { root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

const organizationId = "mycoveocloudv2organizationg8tp8wu3";
const sourceId = "mycoveocloudv2organizationg8tp8wu3-rp5rxzbdz753uhndklv2ztkfgy";

/** Created first: it takes longer than the connector, whose output would come too late. */
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** `npm start` runs a connector and serves the page. With `-- --once` it ends after the connector. */
await script(async (args) => {
  await build(await setUp());
  const { startEmulator } = await import("push-source-status/emulator");
  const emulator = await startEmulator({ control: true, onRequest: printRequest });
  try {
    console.log(`\nThe emulator stands in for the service at ${emulator.endpoint}\n`);
    await runConnector(emulator.endpoint);
    printActivities(emulator.activities(sourceId));
    if (!args.includes("--once")) await servePage(emulator.endpoint);
  } finally {
    await emulator.close();
  }
});

async function runConnector(endpoint) {
  const env = {
    ...process.env,
    COVEO_ORGANIZATION_ID: organizationId,
    COVEO_SOURCE_ID: sourceId,
    COVEO_ENDPOINT: endpoint,
    COVEO_ACCESS_TOKEN: "any-token-is-good-here",
  };
  // A region and an endpoint exclude each other.
  delete env.COVEO_REGION;
  const place = await mkdtemp(join(tmpdir(), "push-source-status-"));
  const examples = join(root, "examples");
  const connector = [join(examples, "connector.js"), join(examples, "content"), join(place, "state.json")];
  try {
    for (const when of ["in its own process", "again: this time it has something to compare with"]) {
      console.log(`examples/connector.js, ${when}:`);
      // Its output goes through this process, to stay in order with the lines of the service.
      const onOutput = (text) => process.stdout.write(text);
      const { status } = await capture([process.execPath, ...connector], { env, onOutput });
      if (status !== 0) throw new Failure(`the connector failed (${status})`);
    }
  } finally {
    await rm(place, { recursive: true });
  }
}

function printRequest({ at, statusType, httpStatus }) {
  if (statusType !== null)
    console.log(`  ${time(at)}  the service: ${statusType.padEnd(11)} → ${httpStatus}`);
}

function printActivities(activities) {
  console.log("\nThe source's activity log, as the service keeps it:");
  for (const { statusType, startedAt, endedAt, state } of activities) {
    console.log(
      `  ${statusType.padEnd(11)} ${state}, ${time(startedAt)} to ${endedAt ? time(endedAt) : "now"}`,
    );
  }
}

async function servePage(endpoint) {
  const server = await serveAdminPage();
  const connection = new URLSearchParams({
    emulator: endpoint,
    organization: organizationId,
    source: sourceId,
  });
  console.log(
    `\nThe admin page, connected to the emulator: ${server.url}/www/#${connection}\nCtrl-C ends it.`,
  );
  await interrupted();
  server.close();
}

function interrupted() {
  return new Promise((settle) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, settle);
  });
}

function time(milliseconds) {
  return clock.format(milliseconds);
}
