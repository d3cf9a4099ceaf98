/** States of the admin page. Each is a function that brings a new tab there. */
const organization = "mycoveocloudv2organizationg8tp8wu3";
const names = {
  [`${organization}-rp5rxzbdz753uhndklv2ztkfgy`]: "Intranet pages",
  [`${organization}-k3vq7mxc2n5hw4d8jfzt6ybrau`]: "Help center",
  [`${organization}-x9dnt4bq6wz2kc8mv5hj7rgpfe`]: "Product catalogue",
  [`${organization}-a7hm2vx5qkz9cw3nd6tj8brfye`]: "Contracts",
  [`t4gw8kzn3xq7vb5hm2cd9jrfpy-${organization}`]: "Tickets",
  [`z6qd3mwk9xv4hb7nc2tj5grfae-${organization}`]: "",
};
const sources = Object.keys(names);
const [active, idle, throttled, unknown, retrying, missing] = sources;

/** For a list that is longer than a screen. */
const others = Array.from({ length: 46 }, (_, index) => `source-${index + 1}`);

/** The organization and the sources of these scenes. */
export const emulatorOptions = {
  control: true,
  sources: [...sources.filter((id) => id !== missing), ...others],
};

export const scenes = {
  async connect({ page, url }) {
    await page.goto(url);
    await page.getByRole("button", { name: "Connect" }).waitFor();
  },

  async refused({ page, url }) {
    await scenes.connect({ page, url });
    await page.getByLabel("Organization id").fill("my organization");
    await page.getByRole("button", { name: "Connect" }).click();
  },

  async empty({ page, url, emulator }) {
    const address = new URLSearchParams({ emulator: emulator.endpoint, organization });
    await page.goto(`${url}#${address}`);
    await page.getByText("No sources yet").waitFor();
  },

  async busy({ page, url, emulator }) {
    await page.clock.install();
    await scenes.empty({ page, url, emulator });
    await addNamed(page, sources);
    await row(page, missing).waitFor();
    // A morning's work, for the timelines.
    for (const [statusType, sourceId, minutes] of [
      ["INCREMENTAL", idle, 6],
      ["IDLE", idle, 9],
      ["REBUILD", active, 4],
      ["IDLE", active, 5],
      ["INCREMENTAL", idle, 7],
      ["REFRESH", active, 2],
      ["IDLE", idle, 6],
    ]) {
      await set(page, statusType, sourceId, new RegExp(`${statusType} \\S.* set here`));
      await page.clock.fastForward(minutes * 60_000);
    }
    await set(page, "REBUILD", missing, "404");
    emulator.failNext({ status: 500, sourceId: retrying, times: 9 });
    emulator.failNext({ status: 429, sourceId: throttled, times: 9 });
    await set(page, "REBUILD", retrying, "retrying in");
    await set(page, "REBUILD", throttled, "throttled until");
    await page.locator("#list-scroller").evaluate((list) => list.scrollTo(0, 0));
    await page.mouse.move(0, 0);
  },

  async selected({ page, url, emulator }) {
    await scenes.empty({ page, url, emulator });
    await page.getByLabel("Add sources").fill([...sources, ...others].join("\n"));
    await page.keyboard.press("Enter");
    await row(page, active).waitFor();
    await page.getByRole("radio", { name: /^REFRESH/ }).check();
    await page.getByLabel("Select all shown").check();
    emulator.failNext(
      { stall: true, sourceId: unknown, times: 2 },
      { stall: true, sourceId: idle, times: 2 },
    );
    await page.getByRole("button", { name: /selected$/ }).click();
    await page.waitForTimeout(1500);
  },

  async request({ page, url, emulator }) {
    await scenes.busy({ page, url, emulator });
    await row(page, active).getByRole("button", { name: "Details" }).click();
    await row(page, active).getByRole("button", { name: "See the request" }).click();
  },

  async activity({ page, url, emulator }) {
    await scenes.empty({ page, url, emulator });
    await addNamed(page, [active, idle]);
    await page.getByRole("tab", { name: "Activity" }).click();
    await page.getByRole("button", { name: "Run it" }).click();
    await page.getByText(/Retrieving: (9|1\d)\d/).waitFor();
  },

  async emulator({ page, url, emulator }) {
    await scenes.busy({ page, url, emulator });
    await page.getByRole("tab", { name: "Emulator" }).click();
    await page.getByLabel(/throttling/).check();
    await page.clock.fastForward(1500);
    await page.getByText("superseded").or(page.getByText("completed")).first().waitFor();
  },

  async question({ page, url, emulator }) {
    await scenes.busy({ page, url, emulator });
    await set(page, "IDLE", unknown, "");
    await page.getByRole("dialog").waitFor();
  },

  async left({ page, url, emulator }) {
    await scenes.busy({ page, url, emulator });
    await page.reload();
    // The clock of a new page is the real one again.
    await page.clock.fastForward(45 * 60_000);
    await page.locator("#left-active").waitFor();
  },
};

async function addNamed(page, ids) {
  await page.getByLabel("Add sources").fill(ids.map((id) => `${id} ${names[id]}`).join("\n"));
  await page.keyboard.press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Add \d+$/ })
    .click();
}

function row(page, sourceId) {
  return page.locator(`.source[data-id="${sourceId}"]`);
}

async function set(page, statusType, sourceId, outcome) {
  await page.getByRole("radio", { name: new RegExp(`^${statusType}`) }).check();
  await row(page, sourceId).getByRole("button", { name: /^Set / }).last().click();
  await row(page, sourceId).filter({ hasText: outcome }).waitFor();
}
