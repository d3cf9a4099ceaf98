import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { pinned } from "../pins.js";
import { nodeProgram } from "../runtime.js";

const shared = ["api.js", "report.js"];

const runVitest =
  (...options) =>
  async ({ stage, project }) => {
    const vitest = join("node_modules", "vitest", "vitest.mjs");
    await stage.run(project, [await nodeProgram("24"), vitest, "run", ...options]);
  };

const vitest = {
  name: "Vitest",
  version: pinned("vitest"),
  quick: false,
  contents: { packages: ["vitest", "jsdom"], programs: [...shared, "vitest"] },
  ways: {
    "a connector's test": runVitest(),
    "a page's test in jsdom": runVitest("--environment", "jsdom"),
  },
};

const runJest =
  (...options) =>
  ({ stage, project }) =>
    stage.run(project, ["jest", ...options]);

const runInCommonJs =
  (...options) =>
  async (place) => {
    // Without this flag, Jest reads no ES modules.
    for (const name of ["conformance", "report"]) {
      const source = readFileSync(join(place.project.folder, `${name}.js`), "utf8");
      const { code } = await transform(source, { format: "cjs" });
      place.project.write(`${name}.cjs`, code);
    }
    await runJest("common.test.cjs", ...options)(place);
  };

const jest = {
  name: "Jest",
  version: pinned("jest"),
  quick: false,
  contents: {
    packages: ["jest", "jest-environment-jsdom", "jest-fixed-jsdom"],
    programs: [...shared, "jest"],
  },
  ways: {
    "a connector's test in CommonJS": runInCommonJs(),
    // Jest's own jsdom environment hides TextDecoder, fetch and more, which every browser has.
    "a page's test in jsdom, with jest-fixed-jsdom in place of Jest's own":
      runInCommonJs("--env=jest-fixed-jsdom"),
    "a connector's test as a module (--experimental-vm-modules)": ({ stage, project }) =>
      stage.run(project, [
        process.execPath,
        "--experimental-vm-modules",
        join("node_modules", "jest", "bin", "jest.js"),
        "module.test.js",
      ]),
  },
};

export const testRunners = [vitest, jest];
