import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { serveFolder } from "../../pkg/cli/page/static-server.js";
import { root } from "../../scripts/project.js";
import { emulatorFor, ORGANIZATION, OTHER_SOURCE, SOURCE, TOKEN } from "./admin-page.js";
import { browser, browserTest } from "./browser.js";
import { observedPage } from "./observed-page.js";
import { until } from "./patience.js";

/** Opens two tabs of one origin, each with a journal, and starts a service. */
async function openTabs(t, init) {
  const observed = await observedPage(t, { context: {}, init });
  const emulator = await emulatorFor(t, observed);
  const { page } = observed;
  const other = await page.context().newPage();
  if (init) await other.addInitScript(init);
  for (const tab of [page, other]) {
    await tab.goto(observed.pageUrl);
    await tab.evaluate(async () => {
      globalThis.journals = await import("/pkg/dist/journal-browser.js");
      globalThis.journal = globalThis.journals.storageJournal(localStorage);
    });
  }
  const clientOptions = { organizationId: ORGANIZATION, accessToken: TOKEN, endpoint: emulator.endpoint };
  return { page, other, emulator, clientOptions };
}

function tell(tab, what, { endpoint }, sourceId, more) {
  const entry = {
    organizationId: ORGANIZATION,
    endpoint,
    sourceId,
    statusType: "REBUILD",
    kind: "activity",
    at: 1,
  };
  return tab.evaluate(([what, entry]) => globalThis.journal[what]([entry]), [what, { ...entry, ...more }]);
}

function listed(tab, sourceId) {
  return tab.evaluate(async (sourceId) => {
    const entries = await globalThis.journal.entries(sourceId);
    return entries.map((entry) => entry.unreadable ?? `${entry.sourceId} ${entry.owner}`);
  }, sourceId);
}

/** Resolves when a tab reads the entries that another tab has written. */
async function lists(tab, expected) {
  const isSo = async () => isDeepStrictEqual(await listed(tab), expected);
  await until("the other tab's entries can be read", isSo);
}

function recover(tab, clientOptions) {
  return tab.evaluate(async (options) => {
    const { StatusClient } = await import("/pkg/dist/index.js");
    const results = await globalThis.journals.recoverUnfinished(
      new StatusClient(options),
      globalThis.journal,
    );
    return results.map(({ outcome, reason }) => reason ?? outcome);
  }, clientOptions);
}

for (const [what, end] of [
  ["closed", (tab) => tab.close()],
  ["left", (tab) => tab.goto("about:blank")],
  ["crashed", (tab) => tab.goto("chrome://crash").catch(() => {})],
]) {
  browserTest(
    `row 69: what a tab has left that was ${what} is recovered by another, and not before`,
    async (t) => {
      const { page, other, emulator, clientOptions } = await openTabs(t);
      await tell(other, "opened", emulator, SOURCE);
      assert.deepEqual(await listed(other), [`${SOURCE} live`]);
      await lists(page, [`${SOURCE} live`]);
      assert.deepEqual(await recover(page, clientOptions), ["live"]);
      await end(other);
      await until("the tab is gone", async () => (await listed(page))[0] === `${SOURCE} gone`);
      assert.deepEqual(await recover(page, clientOptions), ["ended"]);
      assert.deepEqual(await listed(page), []);
      const posts = emulator.requests.filter(({ method }) => method === "POST");
      assert.deepEqual(
        posts.map(({ statusType }) => statusType),
        ["IDLE"],
      );
    },
  );
}

browserTest("a tab closes its own entries, and those of tabs that are gone, and no live one's", async (t) => {
  const { page, other, emulator } = await openTabs(t);
  await tell(page, "opened", emulator, SOURCE);
  await tell(other, "opened", emulator, SOURCE);
  await tell(other, "opened", emulator, OTHER_SOURCE);
  await tell(page, "closed", emulator, SOURCE);
  await until("the other tab's entries can be read", async () => (await listed(page)).length === 2);
  assert.deepEqual((await listed(page)).sort(), [`${OTHER_SOURCE} live`, `${SOURCE} live`].sort());
  await other.close();
  await until("the tab is gone", async () => (await listed(page, SOURCE))[0] === `${SOURCE} gone`);
  await tell(page, "closed", emulator, SOURCE, { statusType: "IDLE" });
  assert.deepEqual(await listed(page), [`${OTHER_SOURCE} gone`]);
});

browserTest("a source that one tab has claimed is not another's, until it is given back", async (t) => {
  const { page, other } = await openTabs(t);
  const claim = (tab) =>
    tab.evaluate(async (sourceId) => {
      globalThis.claim = await globalThis.journal.claim(sourceId);
      return [globalThis.claim.ok, globalThis.journal.holds(sourceId)];
    }, SOURCE);
  assert.deepEqual(await claim(page), [true, true]);
  assert.deepEqual(await claim(other), [false, false]);
  await page.evaluate(() => globalThis.claim.release());
  assert.deepEqual(await claim(other), [true, true]);
  await other.close();
  await until("the tab is gone", async () => (await claim(page))[0]);
});

browserTest(
  "the first entry is written once the page has its lock, and every later one at once",
  async (t) => {
    const { page, emulator } = await openTabs(t);
    const kinds = await page.evaluate(async (endpoint) => {
      const entry = {
        organizationId: "o",
        endpoint,
        sourceId: "s",
        statusType: "REBUILD",
        kind: "activity",
        at: 1,
      };
      const first = globalThis.journal.opened([entry]);
      const heldBefore = localStorage.length;
      await first;
      const later = globalThis.journal.opened([entry]);
      return [typeof first?.then, heldBefore, typeof later, localStorage.length];
    }, emulator.endpoint);
    assert.deepEqual(kinds, ["function", 0, "undefined", 1]);
  },
);

browserTest("without locks other pages cannot be judged; what is no record is listed as such", async (t) => {
  const hideLocks = () => Object.defineProperty(navigator, "locks", { value: undefined });
  const { page, other, emulator, clientOptions } = await openTabs(t, hideLocks);
  await tell(other, "opened", emulator, SOURCE);
  await page.evaluate(() => localStorage.setItem("push-source-status/journal/half", '{"version":1'));
  await lists(page, [`${SOURCE} unknown`, "it is not a whole record"]);
  await lists(other, [`${SOURCE} live`, "it is not a whole record"]);
  assert.deepEqual(await recover(page, clientOptions), ["unknown"]);
});

browserTest(
  "in a sandbox, which has no locks to use, another page's owner is unknown, and a claim is given",
  async (t) => {
    const pages = "tests/browser/plain-site";
    const headers = {
      "Content-Security-Policy": "sandbox allow-scripts",
      // A sandboxed page is of another origin than its own server.
      "Access-Control-Allow-Origin": "*",
    };
    const { url, close } = await serveFolder(root, { only: [pages, "pkg"], headers });
    t.after(close);
    const page = await (await browser()).newPage();
    t.after(() => page.close());
    await page.goto(`${url}/${pages}/first.html`);
    const found = await page.evaluate(async () => {
      const { recoverUnfinished, storageJournal } = await import("/pkg/dist/journal-browser.js");
      const { StatusClient } = await import("/pkg/dist/index.js");
      const kept = new Map();
      // A sandboxed page has no localStorage either.
      const storage = {
        get length() {
          return kept.size;
        },
        key: (index) => [...kept.keys()][index],
        getItem: (key) => kept.get(key),
        setItem: (key, value) => kept.set(key, value),
        removeItem: (key) => kept.delete(key),
      };
      const endpoint = "http://127.0.0.1:9/push/v1";
      const client = new StatusClient({ organizationId: "o", accessToken: "my-token", endpoint });
      const of = (sourceId) => [
        { organizationId: "o", endpoint, sourceId, statusType: "REBUILD", kind: "activity", at: 1 },
      ];
      const [other, own] = [storageJournal(storage), storageJournal(storage)];
      await other.opened(of("theirs"));
      // As the other page would write it that has locks.
      for (const [key, value] of kept) kept.set(key, value.replace('"hasLock":false', '"hasLock":true'));
      await own.opened(of("mine"));
      return {
        hasLocks: navigator.locks !== undefined,
        owners: (await own.entries()).map(({ sourceId, owner }) => `${sourceId} ${owner}`).sort(),
        outcomes: (await recoverUnfinished(client, own)).map(({ outcome }) => outcome),
        claim: (await own.claim("theirs")).ok,
      };
    });
    assert.deepEqual(found, {
      hasLocks: true,
      owners: ["mine live", "theirs unknown"],
      outcomes: ["kept", "kept"],
      claim: true,
    });
  },
);

browserTest("a storage that is full is said, and what can be written is written", async (t) => {
  const { page, emulator } = await openTabs(t);
  await tell(page, "opened", emulator, SOURCE);
  const said = await page.evaluate(async (endpoint) => {
    // The steps become smaller, until not even a letter fits.
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try {
        localStorage.setItem(`filler-${size}`, "x".repeat(size));
      } catch {
        // It is too large.
      }
    }
    const entry = {
      organizationId: "o",
      endpoint,
      sourceId: "s",
      statusType: "REBUILD",
      kind: "activity",
      at: 1,
    };
    try {
      globalThis.journal.opened([entry]);
    } catch (error) {
      return error.name;
    }
  }, emulator.endpoint);
  assert.equal(said, "QuotaExceededError");
  assert.deepEqual(await listed(page), [`${SOURCE} live`]);
});
