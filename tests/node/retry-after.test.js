import assert from "node:assert/strict";
import test, { describe } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { failureOf } from "./failure.js";
import { SOURCE } from "./sample.js";
import { assertGap, assertWait, HOUR_MS, recordDelays, throttled } from "./waits.js";

const httpDate = (time) => new Date(time).toUTCString();

/** Each of these waits for a second, and they run at once. */
describe("dates that a server asks to wait for", { concurrency: true }, () => {
  test("row 10: 429 with an HTTP-date 1 s after the answer's own Date", async (t) => {
    const now = Date.now();
    const server = await startFaultServer(t, [
      throttled(httpDate(now + 1000), { date: httpDate(now) }),
      reply(),
    ]);
    const { delays, onEvent } = recordDelays();
    assert.equal((await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD")).attempts, 2);
    assertWait(server, delays, 1000);
  });

  test("row 10: the answer's own Date counts, however wrong the server's clock is", async (t) => {
    for (const skew of [-9 * HOUR_MS, 9 * HOUR_MS]) {
      const now = Date.now() + skew;
      const server = await startFaultServer(t, [
        throttled(httpDate(now + 1000), { date: httpDate(now) }),
        reply(),
      ]);
      const { delays, onEvent } = recordDelays();
      await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD");
      assertWait(server, delays, 1000);
    }
  });

  test("row 10: without a Date, the HTTP-date is one of the client's clock", async (t) => {
    let askedMs;
    const inAboutASecond = reply(() => {
      const until = Math.ceil((Date.now() + 600) / 1000) * 1000;
      askedMs = until - Date.now();
      return { status: 429, headers: { "retry-after": httpDate(until) } };
    });
    const server = await startFaultServer(t, [inAboutASecond, reply()]);
    const { delays, onEvent } = recordDelays();
    await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD");
    assertWait(server, delays, askedMs);
  });

  for (const [what, format] of [
    ["RFC 850", rfc850Date],
    ["asctime", asctimeDate],
  ]) {
    test(`row 10: an HTTP-date in the obsolete form of ${what}`, async (t) => {
      const now = Date.now();
      const server = await startFaultServer(t, [
        throttled(format(now + 1000), { date: httpDate(now) }),
        reply(),
      ]);
      const { delays, onEvent } = recordDelays();
      await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD");
      assertWait(server, delays, 1000);
    });
  }
});

for (const [what, retryAfter] of [
  ["0", "0"],
  ["a past date", "Wed, 21 Oct 2015 07:28:00 GMT"],
]) {
  test(`row 9: 429 with ${what}: not before the backoff's floor`, async (t) => {
    const server = await startFaultServer(t, [throttled(retryAfter), reply()]);
    const { delays, onEvent } = recordDelays();
    const client = connect(t, server, { onEvent, retry: { baseDelayMs: 100 } });
    assert.equal((await client.setStatus(SOURCE, "REBUILD")).attempts, 2);
    assert.ok(delays[0] >= 50 && delays[0] <= 400, `${delays} ms`);
    assertGap(server, 1, 50);
  });
}

const malformed = [
  "",
  "-5",
  "1.5",
  "0x10",
  "1e3",
  "1, 1",
  ["1", "1"],
  "+1",
  "1s",
  "soon",
  "1\u00a0",
  "Mon, 32 Feb 2999 25:61:61 GMT",
  "2999-01-01T00:00:00Z",
  "NaN",
  "Infinity",
];

for (const retryAfter of malformed) {
  test(`row 11: a Retry-After of ${JSON.stringify(retryAfter)} is ignored`, async (t) => {
    const server = await startFaultServer(t, [throttled(retryAfter), reply()]);
    const { delays, onEvent } = recordDelays();
    assert.equal((await connect(t, server, { onEvent }).setStatus(SOURCE, "REBUILD")).attempts, 2);
    assert.ok(delays[0] >= 20 && delays[0] <= 40, `${delays} ms, where the backoff is 20 to 40`);
    assertGap(server, 1, 20);
  });
}

test("row 11: a Retry-After of 40 digits is as long as can be, and rejects", async (t) => {
  const server = await startFaultServer(t, [throttled("9".repeat(40))]);
  const error = await failureOf(connect(t, server).setStatus(SOURCE, "REBUILD"), {
    code: "throttled",
    attempts: 1,
  });
  assert.ok(
    Number.isFinite(error.retryAfterMs) && error.retryAfterMs > 1000 * HOUR_MS,
    `${error.retryAfterMs}`,
  );
});

function rfc850Date(time) {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) \d\d(\d\d) (\S+)/.exec(httpDate(time));
  const weekday = new Date(time).toLocaleDateString("en-US", { weekday: "long", timeZone: "UTC" });
  return `${weekday}, ${day}-${month}-${year} ${clock} GMT`;
}

function asctimeDate(time) {
  const [, weekday, day, month, year, clock] = /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(httpDate(time));
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} ${year}`;
}
