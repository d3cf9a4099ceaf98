/**
 * COVEO_ORGANIZATION_ID=… COVEO_SOURCE_ID=… COVEO_ACCESS_TOKEN=… npm start
 *
 * Both clients use the region "us", as the organization of this example does.
 */
import { PushSource } from "@coveo/push-api-client";
import { StatusClient } from "push-source-status";
import { type Page, rebuild } from "./connector.js";

const {
  COVEO_ORGANIZATION_ID: organizationId = "",
  COVEO_SOURCE_ID: sourceId = "",
  COVEO_ACCESS_TOKEN: accessToken = "",
} = process.env;

async function* readWiki(): AsyncGenerator<Page> {
  yield { url: "https://wiki.example/welcome", title: "Welcome", text: "<p>Welcome</p>" };
  yield { url: "https://wiki.example/travel", title: "Travel", text: "<p>Travel by train</p>" };
}

const shutdown = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) {
  process.once(name, () => shutdown.abort(new Error(`stopped by ${name}`)));
}

const pushed = await rebuild(
  {
    status: new StatusClient({ organizationId, accessToken, region: "us" }),
    source: new PushSource(accessToken, organizationId),
    sourceId,
  },
  readWiki(),
  shutdown.signal,
);
console.log(`${pushed} pages were pushed`);
