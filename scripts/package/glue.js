import { readFile } from "node:fs/promises";
import { Failure } from "../command.js";

/** How wasm-bindgen's glue finds the wasm file when it is given none, which never happens here. */
const fallback =
  /^ *if \(module_or_path === undefined\) \{\n.*new URL\('\w+\.wasm', import\.meta\.url\);\n *\}\n/m;

/** An esbuild plug-in that fits the glue for being bundled into a library. */
export const fittedGlue = {
  name: "fitted-glue",
  setup({ esbuild, onLoad }) {
    onLoad({ filter: /[\\/]wasm[\\/]push_source_status\.js$/ }, async ({ path }) => {
      const glue = await readFile(path, "utf8");
      // The names inside it tell nobody anything; and of two that are the same in one file, its and the shell's,
      // esbuild would number the second: users would meet a `StatusClient2` in their consoles.
      const { code } = await esbuild.transform(withoutUrl(glue), { format: "esm", minifyIdentifiers: true });
      return { contents: code, loader: "js" };
    });
  },
};

/** A bundler that sees the address would go looking for a file, and CommonJS has no `import.meta`. */
function withoutUrl(glue) {
  const rest = glue.replace(fallback, "");
  if (rest === glue || rest.includes("import.meta")) {
    throw new Failure("wasm-bindgen's glue is not what it used to be: see scripts/package/glue.js");
  }
  return rest;
}
