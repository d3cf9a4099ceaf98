/**
 * The module's bytes, for CommonJS: there is one text of them in the package, and that is in a module. Bundlers follow
 * the `require` and inline it, Node can require modules. Where that is refused (by Jest), there is the file itself.
 */
export function bytes() {
  try {
    return require("./bytes.js").bytes();
  } catch (error) {
    // Nothing that a bundler for browsers would stumble over.
    const files = globalThis.process?.getBuiltinModule?.("node:fs");
    if (files === undefined) throw error;
    return files.readFileSync(`${__dirname}/push_source_status_bg.wasm`);
  }
}
