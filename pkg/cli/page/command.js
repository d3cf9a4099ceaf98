import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { COMMON_OPTIONS } from "../arguments.js";
import { interrupted } from "../interruption.js";
import { readSettings } from "../settings.js";
import { UsageError } from "../usage-error.js";
import { pageConfiguration } from "./configuration.js";
import { servePage } from "./server.js";

export const options = {
  ...COMMON_OPTIONS,
  port: { type: "string" },
  config: { type: "string" },
};

/** A fixed port, since a browser stores the page's list by its origin. */
const PORT = 7420;

export const help = `Usage: push-source-status page [--port PORT] [--config FILE]

Serves the admin page to this machine, at http://127.0.0.1:${PORT}/ unless told
otherwise. The page sets the status of one source, or of hundreds, and keeps
their list in the browser, by this address: a port that is taken is an error.
Ctrl-C ends it.

  --port PORT     the port to listen on
  --config FILE   organizations to choose from, as JSON, each with its region
                  and sources; whoever reads the page reads it: no token in it,
                  and no endpoint

The form is filled in from COVEO_ORGANIZATION_ID, and COVEO_REGION or
COVEO_ENDPOINT. The token is typed into the page, and stays in its memory.

  --json          the address as JSON       -q, --quiet   the address alone

Exit code: 0; 1 where the port is taken; 2 for usage.
  COVEO_ORGANIZATION_ID=my-org COVEO_REGION=eu push-source-status page
`;

/** The page's folder, beside the bundled command line. */
const folder = fileURLToPath(new URL("../page/", import.meta.url));

export async function execute({ values, positionals }, { env, stdout, stderr }) {
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is one argument too many; the port is --port PORT`);
  const port = portOf(values.port);
  const configuration = { ...(await configurationOf(values.config)), preset: presetOf(env) };
  let server;
  try {
    server = await servePage(folder, { port, configuration });
  } catch (error) {
    const reasons = { EADDRINUSE: "is taken", EACCES: "may not be used by you" };
    if (!reasons[error.code]) throw error;
    stderr.line(
      `push-source-status: port ${port} ${reasons[error.code]}; end what uses it, or choose one by --port`,
    );
    return 1;
  }
  if (values.json) stdout.line(JSON.stringify({ type: "listening", url: server.pageUrl }));
  else stdout.line(values.quiet ? server.pageUrl : `The admin page is at ${server.pageUrl}`);
  await interrupted();
  server.close();
  return 0;
}

function portOf(text) {
  if (!text) return PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 1 && port <= 65_535))
    throw new UsageError(`--port must be a number from 1 to 65535, got "${text}"`);
  return port;
}

/** Reads the values that fill the connection form at the start. The token is never among them. */
function presetOf(env) {
  if (!env.COVEO_ORGANIZATION_ID) return undefined;
  const { organizationId, region, endpoint } = readSettings({}, env);
  return { organizationId: organizationId.value, region: region?.value, endpoint: endpoint?.value };
}

async function configurationOf(path) {
  if (!path) return {};
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(`--config ${path} cannot be read: ${error.code}`);
  }
  return pageConfiguration(text, path);
}
