import { readFile } from "node:fs/promises";
import { Failure } from "../command.js";

/** How wasm-bindgen's glue finds the wasm file when it is given none, which never happens here. */
const fallback =
  /^ *if \(module_or_path === undefined\) \{\n.*new URL\('\w+\.wasm', import\.meta\.url\);\n *\}\n/m;

/** An esbuild plug-in that fits the glue for being bundled into a library. */
export const fittedGlue = {
  name: "fitted-glue",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]wasm[\\/]push_source_status\.js$/ }, async ({ path }) => {
      const glue = await readFile(path, "utf8");
      return { contents: withOwnNames(withoutUrl(glue)), loader: "js" };
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

/**
 * The shell has declarations of the same names. Of two in one file, esbuild numbers the second, and users
 * would meet a `StatusClient2` in their consoles.
 */
function withOwnNames(glue) {
  const names = [...glue.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name);
  const renamed = names.reduce(
    (text, name) => text.replace(new RegExp(`(?<![.\\w])${name}\\b`, "g"), `generated${name}`),
    glue,
  );
  return `${renamed}\nexport { ${names.map((name) => `generated${name} as ${name}`).join(", ")} };\n`;
}
