import { copyFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { Failure } from "../command.js";
import { distFolder, packageRoot, root, wasmFolder, wasmName } from "../project.js";
import { bytesAsText } from "./bytes-as-text.js";

const modules = { format: "esm", platform: "neutral" };

// For Node, esbuild adds a list of the exported names, so that ESM can import each by its name.
const commonJs = { format: "cjs", platform: "node" };

const formats = [
  { ...modules, extension: ".js" },
  { ...commonJs, extension: ".cjs" },
];

/** Writes the package's JavaScript: as modules and as CommonJS, each entry on one shared core. */
export async function writeBundles() {
  await Promise.all([
    ...formats.flatMap(({ extension, ...format }) => [
      bundle("lib/core.js", `core${extension}`, {
        ...format,
        inject: [join(packageRoot, "lib", "microtask.js")],
      }),
      bundle("lib/index.js", `index${extension}`, {
        ...format,
        define: { WASM_LENGTH: `${statSync(join(wasmFolder, wasmName)).size}` },
        plugins: [apart("core", extension), extension === ".cjs" ? bytesByRequire : apart("bytes", ".js")],
      }),
      bundle("lib/wasm.js", `wasm${extension}`, { ...format, plugins: [apart("core", extension)] }),
    ]),
    bundle("lib/bytes.js", "bytes.js", { ...modules, plugins: [bytesAsText] }),
    bundle("lib/workerd.js", "workerd.js", { ...modules, plugins: [apart("core", ".js"), wasmApart] }),
    bundle("emulator/index.js", "emulator.cjs", { ...commonJs, plugins: [builtinModules] }),
    bundle("journal/index.js", "journal.cjs", { ...commonJs, plugins: [builtinModules] }),
    bundle("journal/browser.js", "journal-browser.cjs", commonJs),
    bundle("journal/browser.js", "journal-browser.js", modules),
    bundle("env/index.js", "env.cjs", {
      ...commonJs,
      external: ["push-source-status"],
      plugins: [builtinModules],
    }),
    bundle("cli/main.js", "cli.js", { format: "esm", platform: "node", packages: "external" }),
  ]);
  for (const entry of [
    "lib/node.mjs",
    "lib/node-wasm.mjs",
    "emulator/emulator.mjs",
    "journal/journal.mjs",
    "env/env.mjs",
  ]) {
    copyFileSync(join(packageRoot, entry), join(distFolder, basename(entry)));
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
    ...options,
  });
  if (warnings.length > 0) throw new Failure(`esbuild warns about pkg/${entry}`);
}

/** Keeps a module out of the bundles, so that all entries of one format share it: one StatusError, one instance. */
function apart(name, extension) {
  return {
    name: `${name}-apart`,
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^\\./${name}\\.js$`) }, () => ({
        path: `./${name}${extension}`,
        external: true,
      }));
    },
  };
}

/** Lets CommonJS load the bytes when they are first needed, not at its import. */
const bytesByRequire = {
  name: "bytes-by-require",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/bytes\.js$/ }, ({ kind, path, resolveDir }) =>
      kind === "require-call" ? { path, external: true } : { path: join(resolveDir, "required-bytes.js") },
    );
  },
};

/**
 * Takes Node's modules from the process. In ESM that a bundler makes of CommonJS, a `require` of them fails, and an `import` in ESM
 * of our own would give a program that both imports and requires the package everything twice.
 */
const builtinModules = {
  name: "builtin-modules",
  setup({ onLoad, onResolve }) {
    const namespace = "builtin";
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /^node:/, namespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/** Keeps the import of the wasm file, for hosts that import such files, with its path in the package. */
const wasmApart = {
  name: "wasm-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true }));
  },
};
