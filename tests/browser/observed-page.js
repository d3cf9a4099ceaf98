import assert from "node:assert/strict";
import { serveAdminPage } from "../../scripts/page/admin-page.js";
import { takeTab } from "./tab.js";

/**
 * Opens a tab that is isolated from other tests, on the repository's files as `npm start` serves them. At its end, the
 * test fails if the page has printed to the console, thrown an error, or sent a request to an origin that is neither
 * its own nor allowed.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ saidByBrowser?: RegExp[], context?: object, init?: Function, serve?: Function }} [options]
 *   `saidByBrowser`: the console output that comes from the browser and not from the page; `context`: see `takeTab`;
 *   `init`: runs in the page before its scripts; `serve`: starts the page's server
 */
export async function observedPage(
  t,
  { saidByBrowser = [], context: options, init, serve = serveAdminPage } = {},
) {
  const server = await serve();
  const { page, giveBack } = await takeTab(server.url, options);
  if (init) await page.addInitScript(init);
  const said = [];
  const thrown = [];
  const requested = [];
  const endpoints = [];
  page.on("console", (message) => said.push({ text: message.text(), url: message.location().url }));
  page.on("pageerror", (error) => thrown.push(error.stack));
  page.on("request", (request) => requested.push(request.url()));

  t.after(async () => {
    await giveBack().finally(() => server.close());
    const allowed = [server.url, ...endpoints].map((url) => new URL(url).origin);
    const isForeign = (url) => !url.startsWith("data:") && !allowed.includes(new URL(url).origin);
    // Chromium itself reports each answer of 400 and above.
    const isReport = ({ text, url }) =>
      /^Failed to load resource: the server responded/.test(text) &&
      endpoints.some((endpoint) => url.startsWith(endpoint));
    const isForeseen = ({ text }) => saidByBrowser.some((pattern) => pattern.test(text));
    assert.deepEqual(
      said.filter((message) => !isReport(message) && !isForeseen(message)),
      [],
      "the console was written to",
    );
    assert.deepEqual(thrown, [], "the page threw");
    assert.deepEqual(requested.filter(isForeign), [], "requests to other origins");
  });
  return {
    page,
    pageUrl: server.pageUrl,
    said,
    requested,
    /** Allows requests to an endpoint. The browser reports its failing answers on the console. */
    allow(endpoint) {
      endpoints.push(endpoint);
    },
  };
}
