import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "./package/build.js";
import { serveAdminPage } from "./page/admin-page.js";
import { root } from "./project.js";
import { emulatorOptions, scenes } from "./screenshots/scenes.js";
import { script } from "./script.js";
import { installBrowsers } from "./toolchain/browsers.js";
import { chromium, chromiumProgram } from "./toolchain/chromium.js";
import { setUp } from "./toolchain/setup.js";

const SCREENS = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** The scenes of the pictures in the documentation. */
const SHOWN = {
  "admin-page.png": ["busy", { width: 1280, height: 1110, colorScheme: "light" }],
  "admin-page-many.png": ["selected", { width: 1280, height: 800, colorScheme: "dark" }],
};
const LOOKED_AT = join(root, "target", "screenshots");

/**
 * `npm run screenshots` takes the pictures of the admin page for the documentation. `-- --all` takes every scene, at each
 * width, light and dark. Names of scenes take these alone.
 */
await script(async (args) => {
  const env = await setUp();
  await installBrowsers([chromiumProgram]);
  await build(env);
  // Set-up installs the packages that these import.
  const [{ startEmulator }, { launchChromium }] = await Promise.all([
    import("push-source-status/emulator"),
    import("./toolchain/launched-chromium.js"),
  ]);
  const server = await serveAdminPage();
  const browser = await launchChromium(await chromium());

  /** Each picture has its own emulator and profile, so that none shows the traces of another. */
  async function take(path, scene, { width, height, colorScheme, isWhole = false }) {
    const emulator = await startEmulator(emulatorOptions);
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    await scenes[scene]({ page, url: `${server.url}/www/`, emulator });
    const picture = await page.screenshot({ fullPage: isWhole });
    await context.close();
    await emulator.close();
    writeFileSync(path, picture);
    console.log(`${relative(root, path)}, ${Math.round(picture.length / 1024)} kB`);
  }

  try {
    mkdirSync(join(root, "docs"), { recursive: true });
    for (const [name, [scene, look]] of Object.entries(SHOWN))
      await take(join(root, "docs", name), scene, look);
    const chosen = args.includes("--all") ? Object.keys(scenes) : args;
    mkdirSync(LOOKED_AT, { recursive: true });
    for (const [name, scene, look] of everyLook(chosen)) await take(join(LOOKED_AT, name), scene, look);
  } finally {
    await browser.close();
    server.close();
  }
});

function* everyLook(chosen) {
  for (const scene of chosen) {
    for (const { width, height } of SCREENS) {
      for (const colorScheme of ["light", "dark"]) {
        // A question covers what is in sight, so the rest of the page would only confuse.
        const isWhole = width < height && scene !== "question";
        yield [`${scene}-${width}-${colorScheme}.png`, scene, { width, height, colorScheme, isWhole }];
      }
    }
  }
}
