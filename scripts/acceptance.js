import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { changes, harmless } from "./acceptance/probes.js";
import { compare, table } from "./acceptance/report.js";
import { Failure } from "./command.js";
import { build } from "./package/build.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

const usage = `usage: npm run acceptance -- --organization ID --source ID --token-file FILE [--region us|ca|eu|au | --endpoint URL]
                          [--record FILE]

Tries the real service, with a source for tests and its own token. Sends eight requests that change nothing,
and sets INCREMENTAL and IDLE once, after a yes. What the service answers is compared with the emulator, which follows
docs/push-api.md; --record keeps it as JSON, without the token. Exit code: 0 where they agree, 1 where not.`;

const options = {
  organization: { type: "string" },
  source: { type: "string" },
  "token-file": { type: "string" },
  region: { type: "string" },
  endpoint: { type: "string" },
  record: { type: "string" },
  help: { type: "boolean", short: "h" },
};

await script(async (args) => {
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(usage);
  const settings = read(values);
  await build(await setUp());
  const { StatusClient } = await import("push-source-status");
  const { startEmulator } = await import("push-source-status/emulator");
  const { url } = new StatusClient(settings).request(values.source, "INCREMENTAL");
  await confirm(`This sets ${values.source} at ${new URL(url).host} to INCREMENTAL, and then to IDLE.`);

  const target = { ...settings, sourceId: values.source };
  const seen = await probe(StatusClient, target);
  const emulator = await startEmulator({
    organizations: [target.organizationId],
    sources: [target.sourceId],
    tokens: [target.accessToken],
  });
  const standIn = { ...target, region: undefined, endpoint: emulator.endpoint };
  const expected = await probe(StatusClient, standIn).finally(() => emulator.close());
  const rows = compare(seen, expected);
  console.log(`\n${table(rows)}`);
  if (values.record) {
    // A service may repeat what it was sent.
    const record = JSON.stringify({ url, seen }, null, 2).replaceAll(settings.accessToken, "****");
    await writeFile(values.record, `${record}\n`);
  }
  const different = rows.filter(({ differences }) => differences.length > 0);
  if (different.length > 0)
    throw new Failure(`the service and docs/push-api.md disagree in ${different.length} rows`);
  console.log("\nThe service answers as docs/push-api.md describes.");
});

function read(values) {
  for (const name of ["organization", "source", "token-file"]) {
    if (!values[name]) throw new Failure(`--${name} is missing\n\n${usage}`);
  }
  const accessToken = readFileSync(values["token-file"], "utf8").replace(/\r?\n$/, "");
  return {
    organizationId: values.organization,
    accessToken,
    region: values.region,
    endpoint: values.endpoint,
  };
}

async function confirm(what) {
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await questions.question(`${what}\nIs that source there to be tried on? Type yes: `);
    if (answer.trim() !== "yes") throw new Failure("nothing was sent");
  } finally {
    questions.close();
  }
}

async function probe(StatusClient, target) {
  return [...(await harmless(StatusClient, target)), ...(await changes(StatusClient, target))];
}
