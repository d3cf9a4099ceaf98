import assert from "node:assert/strict";
import { serveAdminPage } from "../../scripts/page/admin-page.js";
import { takeTab } from "./tab.js";

/**
 * A tab that knows of no other test, on the repository's files as `npm start` serves them. When the test is over it has
 * failed if the page said anything on the console, threw, or sent a request to another origin than its own and those
 * that were allowed.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ saidByBrowser?: RegExp[], context?: object, init?: Function, serve?: Function }} [options] `saidByBrowser`: what the browser itself, not the
 *   page, has to say on the console; `context`: see `takeTab`; `init`: what runs in the page before its
 *   scripts; `serve`: what serves the page
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
    /** Allows requests to an endpoint, whose failing answers the browser reports on the console. */
    allow(endpoint) {
      endpoints.push(endpoint);
    },
  };
}
