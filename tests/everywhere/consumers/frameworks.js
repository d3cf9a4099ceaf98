import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { pinned } from "../pins.js";
import { nodeProgram } from "../runtime.js";
import { whileServed } from "../served.js";

const shared = ["api.js", "report.js"];

/** The page was rendered where the package had to work already. */
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
      await project.run(["next", "build"]);
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

const workers = {
  name: "Cloudflare Workers",
  version: pinned("wrangler"),
  quick: false,
  contents: { packages: ["wrangler"], programs: [...shared, "workers"] },
  ways: {
    "wrangler dev: four requests at once, a client in each": async ({ stage, project }) => {
      const wrangler = join("node_modules", "wrangler", "bin", "wrangler.js");
      // It starts in newer versions of Node alone.
      const node = await nodeProgram("22");
      await whileServed(
        project,
        (port) => [node, wrangler, "dev", "--port", port],
        async (url) => {
          await Promise.all(Array.from({ length: 4 }, () => stage.request(url)));
        },
      );
    },
  },
};

const vitest = {
  name: "Vitest",
  version: pinned("vitest"),
  quick: false,
  contents: { packages: ["vitest"], programs: [...shared, "vitest"] },
  ways: {
    "a connector's test": ({ stage, project }) => stage.run(project, ["vitest", "run"]),
  },
};

const jest = {
  name: "Jest",
  version: pinned("jest"),
  quick: false,
  contents: { packages: ["jest"], programs: [...shared, "jest"] },
  ways: {
    "a connector's test in CommonJS": async ({ stage, project }) => {
      for (const name of ["conformance", "report"]) {
        const { code } = await transform(readFileSync(join(project.folder, `${name}.js`), "utf8"), {
          format: "cjs",
        });
        project.write(`${name}.cjs`, code);
      }
      await stage.run(project, ["jest", "common.test.cjs"]);
    },
    "a connector's test as a module (--experimental-vm-modules)": ({ stage, project }) =>
      stage.run(project, [
        process.execPath,
        "--experimental-vm-modules",
        join("node_modules", "jest", "bin", "jest.js"),
        "module.test.js",
      ]),
  },
};

export const frameworks = [next, workers, vitest, jest];
