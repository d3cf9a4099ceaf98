import assert from "node:assert/strict";
import { openAdminPage, openConnected, SOURCE, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";

async function focusedId({ page }) {
  return page.evaluate(() => document.activeElement.id);
}

const refused = [
  [
    "an organization id that is none",
    "Organization id",
    { organization: "my org" },
    /contains " "/,
    "organization",
  ],
  ["no organization id", "Organization id", { organization: "" }, /is empty/, "organization"],
  [
    "a token with its scheme in front",
    "Access token or API key",
    { token: `Bearer ${TOKEN}` },
    /Bearer/,
    "token",
  ],
  ["no token", "Access token or API key", { token: "" }, /is empty/, "token"],
  [
    "an endpoint without encryption",
    "Endpoint",
    { endpoint: "http://push.example/v1" },
    /use https/,
    "endpoint",
  ],
  [
    "another API's host",
    "Endpoint",
    { endpoint: "https://platform.cloud.coveo.com" },
    /use region/,
    "endpoint",
  ],
  ["no region", "Region", { place: null }, /Choose where/, "region"],
];
for (const [what, label, values, message, id] of refused) {
  browserTest(`${what}: said at its field, which gets the focus; nothing is connected`, async (t) => {
    const admin = await openAdminPage(t);
    await admin.connect(values);
    assert.match((await admin.problemAt(label)) ?? "nothing was said", message);
    assert.equal(await focusedId(admin), id);
    assert.equal(await admin.page.getByRole("tab", { name: "Live log" }).isVisible(), false);
    const shown = await admin.page.locator("body").innerText();
    assert.ok(!shown.includes(TOKEN), "the token is in the page's text");

    await admin.connect();
    await admin.page.getByRole("tab", { name: "Live log" }).waitFor();
  });
}

browserTest("no region is chosen beforehand, and each place can be chosen", async (t) => {
  const admin = await openAdminPage(t);
  assert.equal(await admin.field("Region").inputValue(), "");
  const addresses = {
    "US East": "https://api.cloud.coveo.com/push/v1",
    Canada: "https://api-ca.cloud.coveo.com/push/v1",
    Ireland: "https://api-eu.cloud.coveo.com/push/v1",
    Australia: "https://api-au.cloud.coveo.com/push/v1",
    "Older host push.cloud.coveo.com": "https://push.cloud.coveo.com/v1",
  };
  for (const [place, address] of Object.entries(addresses)) {
    await admin.connect({ place });
    await admin.reads(admin.page.locator("header"), address);
    await admin.page.getByRole("button", { name: "Forget token" }).click();
  }
});

browserTest("a missing region is said together with what else is wrong", async (t) => {
  const admin = await openAdminPage(t);
  await admin.connect({ place: null, organization: "my/org" });
  assert.match(await admin.problemAt("Organization id"), /contains "\/"/);
  assert.match(await admin.problemAt("Region"), /Choose where/);
  assert.equal(await focusedId(admin), "organization");
});

browserTest("what is typed into a field takes its problem away", async (t) => {
  const admin = await openAdminPage(t);
  await admin.connect({ organization: "my org" });
  await admin.field("Organization id").fill("my-org");
  assert.equal(await admin.problemAt("Organization id"), null);
});

const sourceField = "Add sources";

browserTest("a wrong source id is said at its field and stays there to be mended", async (t) => {
  const admin = await openConnected(t, { sources: ["my/source"] });
  assert.match(await admin.problemAt(sourceField), /"my\/source" contains "\/"/);
  assert.equal(await admin.field(sourceField).inputValue(), "my/source");
  assert.equal(await focusedId(admin), "source-ids");
  assert.equal(await admin.page.getByRole("listitem").count(), 0);
});

browserTest(
  "of many pasted ids the good ones are taken, the others said, the repeated left out",
  async (t) => {
    const lines = [
      SOURCE,
      "",
      "  a-source  ",
      SOURCE,
      "..",
      "two words",
      "b-source",
      "%2f",
      "?",
      "#",
      "a/b Wiki",
    ];
    const admin = await openConnected(t, { sources: lines });
    await admin.shows([SOURCE, "a-source", "words two", "b-source"]);
    assert.equal(await admin.field(sourceField).inputValue(), "..\n%2f\n?\na/b Wiki");
    assert.match(await admin.problemAt(sourceField), /"\.\.".*\n.*"%2f".*\n.*\n.*"a\/b"/);
    await admin.reads(admin.page.getByRole("status"), "4 added, 1 already in the list");
    assert.equal(admin.emulator.requests.length, 0, "adding sends nothing");
  },
);

browserTest("nothing at all is no source id", async (t) => {
  const admin = await openConnected(t, { sources: [""] });
  assert.match(await admin.problemAt(sourceField), /is empty/);
});
