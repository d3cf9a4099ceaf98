import assert from "node:assert/strict";
import { freePort } from "../faults/port.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { emulatorFor, ORGANIZATION, SOURCE, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { observedPage } from "./observed-page.js";

/** A delay that keeps retries short. */
const BASE_DELAY_MS = 50;

const CORS_SAID = [/blocked by CORS policy/, /net::ERR_FAILED/];

/** Opens a tab in which the package is used as in any page. */
async function tab(t, options) {
  const observed = await observedPage(t, options);
  await observed.page.goto(observed.pageUrl);
  return observed;
}

/** Makes one call in the tab, and returns its outcome as plain data and its events. */
function setStatusIn({ page }, endpoint, options = {}) {
  const clientOptions = {
    organizationId: ORGANIZATION,
    accessToken: TOKEN,
    endpoint,
    retry: { baseDelayMs: BASE_DELAY_MS },
    ...options,
  };
  return page.evaluate(
    async ([clientOptions, sourceId]) => {
      const { StatusClient } = await import("/pkg/dist/index.js");
      const events = [];
      const client = new StatusClient({ ...clientOptions, onEvent: (event) => events.push(event) });
      try {
        return { update: await client.setStatus(sourceId, "REBUILD"), events };
      } catch (error) {
        return { error: { ...error, message: error.message }, events };
      } finally {
        client.free();
      }
    },
    [clientOptions, SOURCE],
  );
}

function posts({ requests }) {
  return requests.filter(({ method }) => method === "POST");
}

browserTest("the documented request goes out, after a preflight, and is answered", async (t) => {
  const observed = await tab(t);
  const emulator = await emulatorFor(t, observed);
  const { update } = await setStatusIn(observed, emulator.endpoint);
  assert.deepEqual([update.httpStatus, update.attempts], [201, 1]);
  const [request] = posts(emulator);
  assert.equal(
    request.path,
    `/push/v1/organizations/${ORGANIZATION}/sources/${SOURCE}/status?statusType=REBUILD`,
  );
  assert.equal(request.body, "{}");
  assert.equal(request.headers["content-type"], "application/json");
  assert.equal(request.headers.accept, "application/json");
  assert.equal(request.headers.authorization, "Bearer ****");
});

for (const status of [301, 302, 303, 307, 308]) {
  browserTest(`row 23: ${status}, as the browser hides it: final, and the target sees nothing`, async (t) => {
    const observed = await tab(t);
    const emulator = await emulatorFor(t, observed);
    const target = await emulatorFor(t, observed);
    for (const redirect of [`${target.endpoint}/login`, "/push/v1/login"]) {
      emulator.failNext({ redirect, status });
      const { error } = await setStatusIn(observed, emulator.endpoint);
      assert.deepEqual([error.code, error.attempts, error.outcome], ["redirected", 1, "not_applied"]);
    }
    assert.equal(posts(emulator).length, 2);
    assert.deepEqual(target.requests, []);
    assert.deepEqual(
      emulator.requests.filter(({ path }) => path.endsWith("/login")),
      [],
    );
  });
}

browserTest(
  "row 35: Retry-After is hidden across origins: throttled backoff, without its seconds",
  async (t) => {
    const observed = await tab(t);
    const emulator = await emulatorFor(t, observed);
    emulator.failNext({ status: 429, retryAfter: 30 });
    const { update, events } = await setStatusIn(observed, emulator.endpoint);
    assert.equal(update.attempts, 2);
    const { delayMs } = events.find(({ type }) => type === "throttled");
    assert.ok(delayMs >= 2 * BASE_DELAY_MS && delayMs <= 4 * BASE_DELAY_MS, `${delayMs} ms`);
  },
);

browserTest("row 35: where the server exposes Retry-After, it is honoured", async (t) => {
  const observed = await tab(t);
  const emulator = await emulatorFor(t, observed);
  emulator.failNext({
    status: 429,
    retryAfter: 1,
    headers: { "Access-Control-Expose-Headers": "Retry-After" },
  });
  const { update } = await setStatusIn(observed, emulator.endpoint);
  assert.equal(update.attempts, 2);
  const [first, second] = posts(emulator);
  assert.ok(second.at - first.at >= 1000);
});

browserTest("row 35: a refused preflight: a network error that mentions CORS", async (t) => {
  const observed = await tab(t, { saidByBrowser: CORS_SAID });
  const server = await startFaultServer(t, [reply({ status: 403 }), reply({ status: 403 })]);
  observed.allow(server.endpoint);
  const retry = { attempts: 2, baseDelayMs: 1 };
  const { error } = await setStatusIn(observed, server.endpoint, { retry });
  assert.deepEqual([error.code, error.attempts, error.outcome], ["network", 2, "unknown"]);
  assert.match(error.message, /CORS/);
  assert.deepEqual(
    server.requests.map(({ method }) => method),
    ["OPTIONS", "OPTIONS"],
  );
});

browserTest("row 35: an answer without CORS headers: the same", async (t) => {
  const observed = await tab(t, { saidByBrowser: CORS_SAID });
  const allowed = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, content-type",
  };
  const server = await startFaultServer(t, [
    reply({ status: 204, headers: allowed }),
    reply({ status: 201, body: "{}" }),
  ]);
  observed.allow(server.endpoint);
  const { error } = await setStatusIn(observed, server.endpoint, { retry: { attempts: 1 } });
  assert.deepEqual([error.code, error.attempts, error.outcome], ["network", 1, "unknown"]);
  assert.match(error.message, /CORS/);
});

browserTest(
  "row 35: a refused connection looks the same to a page, and is said with the same words",
  async (t) => {
    const observed = await tab(t, { saidByBrowser: [/net::ERR_CONNECTION_REFUSED/] });
    const endpoint = `http://127.0.0.1:${await freePort()}/push/v1`;
    observed.allow(endpoint);
    const retry = { attempts: 2, baseDelayMs: 1 };
    const { error, events } = await setStatusIn(observed, endpoint, { retry });
    assert.deepEqual([error.code, error.attempts], ["network", 2]);
    assert.match(error.message, /CORS/);
    assert.equal(events.find(({ type }) => type === "retry").reason, "network");
  },
);

browserTest("a policy that blocks WebAssembly: the page names what the policy has to allow", async (t) => {
  const observed = await observedPage(t, { saidByBrowser: [/Content Security Policy/], context: {} });
  await observed.page.route("**/www/", async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    const name = "content-security-policy";
    headers[name] = headers[name].replace(" 'wasm-unsafe-eval'", "");
    await route.fulfill({ response, headers });
  });
  await observed.page.goto(observed.pageUrl);
  const said = observed.page.getByText("This page cannot start");
  await said.waitFor();
  assert.match(await said.innerText(), /'wasm-unsafe-eval'/);
});
