import { readdirSync } from "node:fs";
import { join } from "node:path";

import { pinned } from "../everywhere/pins.js";
import { nodeProgram, runtime } from "../everywhere/runtime.js";

/** @typedef {{ name: string, command: () => Promise<string[]> }} Runtime a command that runs a file of JavaScript */

/** @type {Runtime} */
const thisNode = { name: `Node ${process.versions.node}`, command: async () => [process.execPath] };

/** The supported lines of Node, including the running one. */
export const nodes = ["20", "22", "24"].map((line) =>
  process.versions.node.startsWith(`${line}.`)
    ? thisNode
    : { name: `Node ${line}`, command: async () => [await nodeProgram(line)] },
);

const bun = {
  name: "Bun",
  async command() {
    // Bun's install script would choose among its packages, but npm has already chosen the one for this machine.
    const vendor = join(await runtime("bun", pinned("bun")), "node_modules", "@oven");
    return [join(vendor, readdirSync(vendor)[0], "bin", "bun")];
  },
};

const deno = {
  name: "Deno",
  async command() {
    const launcher = join(await runtime("deno", pinned("deno")), "node_modules", "deno", "bin.cjs");
    return [process.execPath, launcher, "run", "--allow-all", "--no-lock"];
  },
};

export { thisNode };
export const others = [bun, deno];
export const everyRuntime = [...nodes, ...others];
