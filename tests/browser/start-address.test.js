import assert from "node:assert/strict";
import { openAtEmulator, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

browserTest("the address of `npm start` connects to the emulator, and says that it is one", async (t) => {
  const admin = await openAtEmulator(t);
  await admin.reads(admin.page.locator("header"), "Emulator, not the service");
  await admin.reads(admin.row(SOURCE), "Not known: the Push API cannot be asked");
  assert.equal(admin.emulator.requests.length, 0, "connecting sends nothing");
  await admin.choose("REBUILD");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
});

browserTest("forgotten, the emulator is still offered, and still named", async (t) => {
  const admin = await openAtEmulator(t);
  await admin.page.getByRole("button", { name: "Forget token" }).click();
  await admin.field("Endpoint").waitFor();
  assert.equal(await admin.field("Endpoint").inputValue(), admin.emulator.endpoint);
  await admin.field("Access token or API key").fill("another");
  await admin.page.getByRole("button", { name: "Connect" }).click();
  await admin.reads(admin.page.locator("header"), "Emulator, not the service");
});

browserTest("a connection of one's own is not called the emulator", async (t) => {
  const admin = await openAtEmulator(t);
  await admin.page.getByRole("button", { name: "Forget token" }).click();
  await admin.connect({ place: "Ireland" });
  await admin.reads(admin.page.locator("header"), "https://api-eu.cloud.coveo.com/push/v1");
  assert.equal(await admin.page.getByText("Emulator, not the service").isVisible(), false);
});

const elsewhere = [
  "https://push.example.com/push/v1",
  "http://192.168.0.7/push/v1",
  "http://127.0.0.1.example.com/push/v1",
  "http://localhost@example.com/push/v1",
  "https://127.0.0.1/push/v1",
  "nonsense",
];
for (const emulator of elsewhere) {
  browserTest(`a link cannot have the page talk to ${emulator}`, async (t) => {
    const admin = await openAtEmulator(t, { emulator });
    await admin.page.getByRole("button", { name: "Connect" }).waitFor();
    assert.equal(await admin.page.getByLabel("Endpoint", { exact: true }).inputValue(), "");
    assert.equal(await admin.field("Organization id").inputValue(), "");
  });
}

browserTest("a source id in the address that is none is left out", async (t) => {
  const admin = await openAtEmulator(t, { source: "a/b" });
  await admin.reads(admin.page.locator("main"), "No sources yet");
});
