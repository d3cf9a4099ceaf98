import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { serveFolder } from "../../../pkg/cli/page/static-server.js";
import { pinned } from "../pins.js";
import { whileServed } from "../served.js";

const page = ["api.js", "report.js", "browser.js", "index.html", "script.html", "bundled"];

/** The development server and the production build of a tool, without plug-ins and configuration. */
function bundler({ name, packages, quick = false, programs = page, ways }) {
  return { name, version: pinned(packages[0]), quick, contents: { packages, programs }, ways };
}

/** Opens the page that a command serves, in Chromium. */
const developed =
  (command, prepare) =>
  async ({ stage, project }) => {
    prepare?.(project);
    await whileServed(project, command, (url) => stage.visit(url));
  };

/** Opens the page that a command builds in a folder, in Chromium. */
const built =
  (command, folder, prepare) =>
  async ({ stage, project }) => {
    project.run(command);
    prepare?.(project);
    const site = await serveFolder(join(project.folder, folder));
    try {
      await stage.visit(site.url);
    } finally {
      site.close();
    }
  };

/** Runs the program for Node that a command builds. */
const builtForNode =
  (command, output) =>
  async ({ stage, project }) => {
    project.run(command);
    await stage.run(project, [process.execPath, output]);
  };

/** Writes a page for a tool that builds only scripts, in the folder of the script. */
const pageIn = (folder) => (project) => {
  const target = join(project.folder, folder, "index.html");
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(project.folder, "script.html"), target);
};

/** The path to import instead of the package's name, for a tool that resolves no names. */
const byPath = (project) =>
  project.write("api.js", 'export * from "./node_modules/push-source-status/dist/index.js";\n');

const esbuild = (...options) => ["esbuild", "--bundle", "--log-level=warning", ...options];

export const bundlers = [
  bundler({
    name: "Vite",
    packages: ["vite"],
    quick: true,
    ways: {
      "development server": developed((port) => ["vite", "--port", port, "--strictPort"]),
      "production build": built(["vite", "build"], "dist"),
    },
  }),
  bundler({
    name: "webpack",
    packages: ["webpack", "webpack-cli", "webpack-dev-server"],
    ways: {
      "development server": developed(
        (port) => ["webpack", "serve", "--mode", "development", "--port", port],
        pageIn("public"),
      ),
      "production build": built(["webpack", "--mode", "production"], "dist", pageIn("dist")),
    },
  }),
  bundler({
    name: "Rollup",
    packages: ["rollup", "@rollup/plugin-node-resolve"],
    ways: {
      "script, with its own @rollup/plugin-node-resolve": built(
        ["rollup", "browser.js", "--plugin", "node-resolve", "--format", "iife", "--file", "dist/main.js"],
        "dist",
        pageIn("dist"),
      ),
      "module, with its own @rollup/plugin-node-resolve": built(
        ["rollup", "browser.js", "--plugin", "node-resolve", "--format", "es", "--file", "dist/main.js"],
        "dist",
        pageIn("dist"),
      ),
      "script, without a plug-in: imported by its path": async (place) => {
        byPath(place.project);
        const command = ["rollup", "browser.js", "--format", "iife", "--file", "dist/main.js"];
        await built(command, "dist", pageIn("dist"))(place);
      },
    },
  }),
  bundler({
    name: "esbuild",
    packages: ["esbuild"],
    quick: true,
    programs: [...page, "import.js"],
    ways: {
      "development server": developed(
        (port) => [
          "esbuild",
          "browser.js",
          "--bundle",
          "--outfile=www/main.js",
          "--servedir=www",
          `--serve=${port}`,
        ],
        pageIn("www"),
      ),
      script: built(esbuild("browser.js", "--outfile=dist/main.js"), "dist", pageIn("dist")),
      "module, minified": built(
        esbuild("browser.js", "--format=esm", "--minify", "--outfile=dist/main.js"),
        "dist",
        pageIn("dist"),
      ),
      "CommonJS for Node": builtForNode(
        esbuild("import.js", "--platform=node", "--outfile=out.cjs"),
        "out.cjs",
      ),
      "module for Node": builtForNode(
        esbuild("import.js", "--platform=node", "--format=esm", "--outfile=out.mjs"),
        "out.mjs",
      ),
    },
  }),
  bundler({
    name: "Rspack",
    packages: ["@rspack/core", "@rspack/cli", "@rspack/dev-server"],
    ways: {
      "development server": developed(
        (port) => ["rspack", "serve", "--mode", "development", "--port", port],
        pageIn("public"),
      ),
      "production build": built(["rspack", "build", "--mode", "production"], "dist", pageIn("dist")),
    },
  }),
  bundler({
    name: "Rsbuild",
    packages: ["@rsbuild/core"],
    ways: {
      "development server": developed((port) => ["rsbuild", "dev", "--port", port]),
      "production build": built(["rsbuild", "build"], "dist"),
    },
  }),
  bundler({
    name: "Parcel",
    packages: ["parcel"],
    ways: {
      "development server": developed((port) => ["parcel", "index.html", "--port", port]),
      "production build": built(["parcel", "build", "index.html"], "dist"),
    },
  }),
];
