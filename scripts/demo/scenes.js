/** The states of the admin page that are looked at, each as the way from a new tab to it. */
const organization = "mycoveocloudv2organizationg8tp8wu3";
const sources = [
  `${organization}-rp5rxzbdz753uhndklv2ztkfgy`,
  `${organization}-k3vq7mxc2n5hw4d8jfzt6ybrau`,
  `${organization}-x9dnt4bq6wz2kc8mv5hj7rgpfe`,
  `${organization}-a7hm2vx5qkz9cw3nd6tj8brfye`,
  `t4gw8kzn3xq7vb5hm2cd9jrfpy-${organization}`,
  `z6qd3mwk9xv4hb7nc2tj5grfae-${organization}`,
];
const [active, idle, throttled, unknown, retrying, missing] = sources;

/** What the emulator has to know for these scenes. */
export const emulatorOptions = { sources: sources.filter((id) => id !== missing) };

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
    await scenes.empty({ page, url, emulator });
    await page.getByLabel("Add sources").fill(sources.join("\n"));
    await page.keyboard.press("Enter");
    await set(page, "REFRESH", active, "set here");
    await set(page, "INCREMENTAL", idle, "set here");
    await set(page, "IDLE", idle, "IDLE Ready to receive items set here");
    await set(page, "REBUILD", missing, "404");
    emulator.failNext({ status: 500, sourceId: retrying, times: 9 });
    emulator.failNext({ status: 429, sourceId: throttled, times: 9 });
    await set(page, "REBUILD", retrying, "retrying in");
    await set(page, "REBUILD", throttled, "throttled until");
    await page.locator(".source-list").evaluate((list) => list.scrollTo(0, 0));
    await page.mouse.move(0, 0);
  },

  async question({ page, url, emulator }) {
    await scenes.busy({ page, url, emulator });
    await set(page, "IDLE", unknown, "");
    await page.getByRole("dialog").waitFor();
  },
};

async function set(page, statusType, sourceId, outcome) {
  const row = page.locator(".source").filter({ hasText: sourceId });
  await page.getByRole("radio", { name: new RegExp(`^${statusType}`) }).check();
  await row.getByRole("button", { name: /^Set / }).click();
  await row.filter({ hasText: outcome }).waitFor();
}
