import { copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { Failure } from "../command.js";
import { distFolder, packageRoot, root } from "../project.js";
import { bytesAsText } from "./bytes-as-text.js";
import { fittedGlue } from "./glue.js";

const formats = [
  { format: "esm", extension: ".js", platform: "neutral" },
  // For Node, esbuild adds a list of the exported names, by which ESM can import them one by one.
  { format: "cjs", extension: ".cjs", platform: "node" },
];

/** Writes the package's JavaScript: as modules and as CommonJS, each entry on one shared core. */
export async function writeBundles() {
  await Promise.all(
    formats.flatMap(({ extension, ...format }) => [
      bundle("lib/core.js", `core${extension}`, { ...format, plugins: [fittedGlue] }),
      bundle("lib/index.js", `index${extension}`, {
        ...format,
        plugins: [sharedCore(extension), bytesAsText, ...(extension === ".cjs" ? [bytesLater] : [])],
      }),
      bundle("lib/wasm.js", `wasm${extension}`, { ...format, plugins: [sharedCore(extension)] }),
    ]),
  );
  await bundle("lib/bytes.js", "bytes.cjs", { format: "cjs", platform: "node", plugins: [bytesAsText] });
  await bundle("lib/workerd.js", "workerd.js", {
    format: "esm",
    platform: "neutral",
    plugins: [sharedCore(".js"), wasmApart],
  });
  await bundle("emulator/index.js", "emulator.cjs", { format: "cjs", platform: "node" });
  for (const entry of ["node.mjs", "node-wasm.mjs"]) {
    copyFileSync(join(packageRoot, "lib", entry), join(distFolder, entry));
  }
}

async function bundle(entry, output, options) {
  const { warnings } = await build({
    entryPoints: [join(packageRoot, entry)],
    outfile: join(distFolder, output),
    absWorkingDir: root,
    bundle: true,
    target: ["es2022", "node20.19"],
    logLevel: "warning",
    // Names stay: consoles and stack traces show them.
    minifyWhitespace: true,
    minifySyntax: true,
    ...options,
  });
  if (warnings.length > 0) throw new Failure(`esbuild warns about pkg/${entry}`);
}

/** Leaves the core outside, so that the entries of one format have one StatusError and one instance. */
function sharedCore(extension) {
  return {
    name: "shared-core",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/core\.js$/ }, () => ({ path: `./core${extension}`, external: true }));
    },
  };
}

/**
 * Has CommonJS read the bytes when they are needed, from a file of their own: a connector that is imported and not used
 * pays nothing for them, and Node looks for exported names in all of what an ESM `import` finds.
 */
const bytesLater = {
  name: "bytes-later",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]lib[\\/]bytes\.js$/ }, () => ({
      contents: `export const bytes = () => require("./bytes.cjs").bytes();`,
    }));
    onResolve({ filter: /^\.\/bytes\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** Leaves the import of the wasm file as it is, for who imports such files, and names it where the package has it. */
const wasmApart = {
  name: "wasm-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true }));
  },
};
