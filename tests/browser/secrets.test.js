import assert from "node:assert/strict";
import { OTHER_SOURCE, openAdminPage, openConnected, SOURCE, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** Collects all of a page that is readable for scripts, for other pages of its origin, or on the screen. */
function traces({ page }) {
  return page.evaluate(async () => {
    const attributes = [...document.querySelectorAll("*")].flatMap((element) =>
      element.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`),
    );
    const controls = [...document.querySelectorAll("input, textarea, select")].map(({ value }) => value);
    const templates = [...document.querySelectorAll("template")].map(({ innerHTML }) => innerHTML);
    return {
      address: location.href,
      history: JSON.stringify(history.state) ?? "",
      title: document.title,
      windowName: window.name,
      cookies: document.cookie,
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      databases: JSON.stringify(await indexedDB.databases()),
      caches: JSON.stringify(await caches.keys()),
      markup: document.documentElement.outerHTML,
      templates: templates.join(""),
      attributes: attributes.join("\n"),
      controls: controls.join("\n"),
      resources: performance
        .getEntries()
        .map(({ name }) => name)
        .join("\n"),
    };
  });
}

async function assertNowhere(admin, { except = [] } = {}) {
  const found = await traces(admin);
  for (const place of except) {
    assert.ok(found[place].includes(TOKEN), `${place} should have been looked at`);
    delete found[place];
  }
  const { said, requested } = admin.observed;
  found.console = said.map(({ text }) => text).join("\n");
  found.requests = requested.join("\n");
  // The text itself must not be in the failure's message, because others read test logs.
  const places = Object.keys(found).filter((place) => found[place].includes(TOKEN));
  assert.deepEqual(places, []);
}

browserTest("while it is typed, the token is in its field's value alone", async (t) => {
  const admin = await openAdminPage(t);
  await admin.fill();
  await assertNowhere(admin, { except: ["controls"] });
});

browserTest("after a mistake in another field, too", async (t) => {
  const admin = await openAdminPage(t);
  await admin.connect({ organization: "my org" });
  await assertNowhere(admin, { except: ["controls"] });
});

browserTest(
  "connected, the token is nowhere: not in storage, the address, the markup, a value, a text",
  async (t) => {
    const admin = await openConnected(t, { sources: [SOURCE, OTHER_SOURCE], status: "REBUILD" });
    await assertNowhere(admin);
    await admin.set(SOURCE);
    await admin.reads(admin.row(SOURCE), "set here");

    admin.emulator.failNext({ status: 401, message: `no such token: ${TOKEN}` });
    await admin.set(OTHER_SOURCE);
    await admin.reads(admin.row(OTHER_SOURCE), "401");
    await assertNowhere(admin);

    admin.emulator.failNext({ status: 500, message: TOKEN }, { stall: true, times: 9 });
    await admin.set(SOURCE);
    await admin.dialog.getByRole("button", { name: "Set REBUILD" }).click();
    await admin.reads(admin.row(SOURCE), /attempt [2-9]/);
    await assertNowhere(admin);
    await admin.page.getByRole("button", { name: "Forget token" }).click();
    await assertNowhere(admin);
  },
);

browserTest(
  "of what a browser can keep, the page uses its local storage, for its list and its journal",
  async (t) => {
    const admin = await openConnected(t, { status: "REBUILD" });
    await admin.set(SOURCE);
    await admin.reads(admin.row(SOURCE), "set here");
    const { cookies, local, session, databases, caches } = await traces(admin);
    const [list, entry, ...more] = Object.keys(JSON.parse(local)).toSorted();
    assert.deepEqual([list, more], ["push-source-status", []]);
    assert.match(entry, /^push-source-status\/journal\/\w+\//);
    assert.deepEqual([cookies, session, databases, caches], ["", "{}", "[]", "[]"]);
  },
);

browserTest("neither the downloaded log nor the exported list has the token in it", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  admin.emulator.failNext({ status: 401, message: `no such token: ${TOKEN}` });
  await admin.set(SOURCE);
  await admin.reads(admin.log, "401");
  for (const name of ["Download", "Export"]) {
    const text = await admin.downloadBy(name);
    assert.ok(text.includes(SOURCE));
    assert.ok(!text.includes(TOKEN), `${name} has the token`);
  }
});

browserTest("a reload forgets the token", async (t) => {
  const admin = await openConnected(t);
  await admin.page.reload();
  await admin.page.getByRole("button", { name: "Connect" }).waitFor();
  assert.equal(await admin.field("Access token or API key").inputValue(), "");
});
