import { join } from "node:path";
import { pinned } from "../pins.js";
import { nodeProgram } from "../runtime.js";
import { whileServed } from "../served.js";

const shared = ["api.js", "report.js"];

/** Checks that the page was rendered on the server, with the package. */
async function assertRendered(url) {
  const html = await (await fetch(url)).text();
  if (!html.includes("Rescan")) throw new Error(`the page was not rendered on the server: ${html}`);
}

const next = {
  name: "Next.js",
  version: pinned("next"),
  quick: false,
  contents: { packages: ["next", "react", "react-dom"], programs: [...shared, "browser.js", "next"] },
  ways: {
    "development server: page, rendered on the server and in the browser": ({ stage, project }) =>
      whileServed(
        project,
        (port) => ["next", "dev", "--port", port],
        async (url) => {
          await assertRendered(url);
          await stage.visit(url);
        },
      ),
    "production build: the same, and a route handler": async ({ stage, project }) => {
      project.run(["next", "build"]);
      await whileServed(
        project,
        (port) => ["next", "start", "--port", port],
        async (url) => {
          await assertRendered(url);
          await stage.visit(url);
          await stage.request(`${url}conformance`);
        },
      );
    },
  },
};

const runWrangler =
  (compatibilityDate) =>
  async ({ stage, project }) => {
    const wrangler = join("node_modules", "wrangler", "bin", "wrangler.js");
    // It needs a newer version of Node.
    const node = await nodeProgram("22");
    await whileServed(
      project,
      (port) => [node, wrangler, "dev", "--port", port, "--compatibility-date", compatibilityDate],
      async (url) => {
        await Promise.all(Array.from({ length: 4 }, () => stage.request(url)));
      },
    );
  };

const workers = {
  name: "Cloudflare Workers",
  version: pinned("wrangler"),
  quick: false,
  contents: { packages: ["wrangler"], programs: [...shared, "workers"] },
  ways: {
    "wrangler dev, four requests at once with a client in each": runWrangler("2026-11-01"),
    "the same with the oldest compatibility date": runWrangler("2021-11-02"),
  },
};

export const servers = [next, workers];
