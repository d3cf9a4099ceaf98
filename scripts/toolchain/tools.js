import { join } from "node:path";
import { capture } from "../command.js";
import { timed } from "../script.js";
import { toolCache } from "./cache.js";
import { Installation } from "./installation.js";

/**
 * Provides tools of Cargo in these exact versions: from `PATH`, or from the user's cache, or by `cargo binstall` where that is
 * installed, or else by compiling them.
 *
 * @param {{ crate: string, version: string, program: string }[]} pins
 * @returns {Promise<string[]>} the folders to put on `PATH`
 */
export async function installTools(pins) {
  const folders = [];
  const missing = [];
  for (const pin of pins) {
    if (await works(pin)) continue;
    const folder = join(toolCache(), `${pin.crate}-${pin.version}`);
    folders.push(join(folder, "bin"));
    if (!(await works(pin, join(folder, "bin")))) missing.push({ ...pin, folder });
  }
  if (missing.length > 0) await install(missing);
  return folders;
}

/** Returns whether the program runs, from this folder or from `PATH`, in this version. */
async function works({ program, version }, folder = "") {
  const { status, output } = await capture([join(folder, program), "--version"]);
  return status === 0 && output.split(/\s+/)[1] === version;
}

async function install(tools) {
  const names = tools.map(({ crate, version }) => `${crate} ${version}`).join(" and ");
  const installation = new Installation(toolCache());
  try {
    if (
      !(await canDownload()) ||
      !(await timed(`Downloading ${names}`, () => download(installation, tools)))
    ) {
      await timed(`Compiling ${names}: 3 to 4 minutes on an idle machine, once for all clones`, () =>
        installation.compile(tools),
      );
    }
    installation.keep(tools);
  } finally {
    installation.discard();
  }
}

async function canDownload() {
  return (await capture(["cargo-binstall", "-V"])).status === 0;
}

/** Downloads ready-made programs, and returns whether they run here. */
async function download(installation, tools) {
  await installation.download(tools);
  return (await Promise.all(tools.map((tool) => works(tool, installation.bin)))).every(Boolean);
}
