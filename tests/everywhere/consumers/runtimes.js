import { readdirSync } from "node:fs";
import { join } from "node:path";
import { nodeVersions, pinned } from "../pins.js";
import { nodeProgram, runtime } from "../runtime.js";

const programs = ["api.js", "report.js", "import.js", "require.cjs", "own-emulator.js"];

/** Each runtime runs the same three programs. */
function server({ name, version, command, contents, ways }) {
  const run =
    (program) =>
    async ({ stage, project }) =>
      stage.run(project, [...(await command()), program]);
  return {
    name,
    version,
    quick: true,
    contents: { programs, ...contents },
    ways: {
      import: run("import.js"),
      require: run("require.cjs"),
      "with the emulator in the same process": run("own-emulator.js"),
      ...ways,
    },
  };
}

const node = (version) =>
  server({ name: "Node", version, command: async () => [await nodeProgram(version)] });

const thisNode = server({
  name: "Node",
  version: process.versions.node,
  command: () => [process.execPath],
});

async function denoCommand(...args) {
  const launcher = join(await runtime("deno", pinned("deno")), "node_modules", "deno", "bin.cjs");
  return [process.execPath, launcher, ...args];
}

const deno = server({
  name: "Deno",
  version: pinned("deno"),
  command: () => denoCommand("run", "--allow-net", "--allow-env"),
  contents: { packages: ["@types/node"], types: true },
  ways: {
    "deno check": async ({ project }) =>
      project.run(await denoCommand("check", "types/common/usage.ts", "types/node/emulated.ts")),
  },
});

const bun = server({
  name: "Bun",
  version: pinned("bun"),
  async command() {
    // Without the install script: npm has already chosen the package that fits the machine.
    const vendor = join(await runtime("bun", pinned("bun")), "node_modules", "@oven");
    return [join(vendor, readdirSync(vendor)[0], "bin", "bun")];
  },
});

const otherNodes = nodeVersions.filter((version) => version !== process.versions.node);

export const runtimes = [thisNode, ...otherNodes.map(node), deno, bun];
