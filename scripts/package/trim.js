import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../command.js";
import { linkedData, withoutLinking, withoutUnreachable } from "./linked-data.js";

/**
 * Functions whose bodies become a trap, by their names: what they are for is never seen.
 *
 * A panic of the core ends in a trap with or without its text, which nothing here would print.
 */
const unseen = [
  /^core(\[\w+\])?::panicking::/,
  /^core.*::(slice_error_fail(_rt)?|slice_index_fail|len_mismatch_fail|unwrap_failed|expect_failed)$/,
  /panic_handler|panic_with_hook|PanicHookInfo/,
  // Panics alone use what is meant for programmers.
  /^<.* as core(\[\w+\])?::fmt::Debug>::fmt(::h\w+)?$/,
  /^<char>::escape_debug_ext$/,
  // How serde says that a value is of the wrong type, and the fractions in it. It never does: members of options are
  // taken as they are and checked one by one, and what has them was found to be an object (src/web/members.rs).
  /^serde_wasm_bindgen::de::Deserializer::invalid_type_/,
  /^<serde_core::de::Unexpected as core::fmt::Display>::fmt/,
  /^<f64 as core(\[\w+\])?::fmt::Display>::fmt/,
];

/** Whose functions the module imports, in wasm-bindgen's words and in fewer. */
const from = { long: (name) => `./${name}_bg.js`, short: "glue" };

/**
 * Makes what wasm-pack wrote smaller and faster: without what is linked and never of use, and with short names where
 * WebAssembly and glue have to agree on some.
 *
 * @param {string} folder
 * @param {string} name the crate's, in snake case
 * @param {string} linked what the linker wrote, with its relocations
 * @param {{ keepNames?: boolean }} [options] whether the functions in the WebAssembly keep their names
 */
export async function trim(folder, name, linked, { keepNames = false } = {}) {
  // Installed by set-up, so not imported before.
  const { default: binaryen } = await import("binaryen");
  const wasmFile = join(folder, `${name}_bg.wasm`);
  const glueFile = join(folder, `${name}.js`);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  binaryen.setDebugInfo(keepNames);
  const whole = binaryen.readBinary(withoutLinking(readFileSync(wasmFile)));
  forget(binaryen, whole);
  whole.optimize();
  // Functions of one kind next to each other compress better.
  whole.runPasses(["reorder-functions-by-name"]);
  const names = shorten(binaryen, whole);
  whole.runPasses([...(keepNames ? [] : ["strip-debug"]), "strip-producers", "strip-target-features"]);
  const known = constants(whole);
  const pieces = linkedData(readFileSync(linked));
  const reachable = withoutUnreachable(withoutPaths(whole.emitBinary()), pieces, known);
  whole.dispose();
  const packed = binaryen.readBinary(reachable);
  // What is zero need not be told; but there are no two names for the parts of what had one.
  if (!keepNames) packed.runPasses(["memory-packing"]);
  writeFileSync(wasmFile, packed.emitBinary());
  packed.dispose();
  writeFileSync(glueFile, fitted(readFileSync(glueFile, "utf8"), from.long(name), names));
}

/** The same bytes without the names of source files, which stand in the texts of panics alone. */
function withoutPaths(wasm) {
  const path = /(?:\/rustc\/|\/rust\/deps\/|cargo\/registry\/|src\/)[\w./-]+?\.rs/g;
  const text = Buffer.from(wasm).toString("latin1");
  return Buffer.from(
    text.replace(path, ({ length }) => "\0".repeat(length)),
    "latin1",
  );
}

/** Every number in the code, those that stand in the instructions of the memory included. */
function constants(module) {
  const found = module.emitText().matchAll(/\bi32\.const (-?\d+)|\boffset=(\d+)/g);
  return new Set([...found].map(([, constant, offset]) => Number(constant ?? offset)));
}

/** @yields {[number, object]} every function, with what is known of it */
function* functions(binaryen, module) {
  for (let index = 0; index < module.getNumFunctions(); index += 1) {
    const reference = module.getFunctionByIndex(index);
    yield [reference, binaryen.getFunctionInfo(reference)];
  }
}

function forget(binaryen, module) {
  for (const [reference, { name, module: importedFrom }] of functions(binaryen, module)) {
    if (importedFrom === "" && unseen.some((pattern) => pattern.test(name))) {
      binaryen.Function.setBody(reference, module.unreachable());
    }
  }
}

/** Gives the imported functions short names; says which, by their long ones. */
function shorten(binaryen, module) {
  const imported = [...functions(binaryen, module)]
    .map(([, info]) => info)
    .filter((info) => info.module !== "");
  const names = new Map();
  for (const { name, base, params, results } of imported) {
    const short = names.size.toString(36);
    names.set(base, short);
    module.removeFunction(name);
    module.addFunctionImport(name, from.short, short, params, results);
  }
  return names;
}

/** The glue for the functions that are still imported, by their short names. */
function fitted(glue, module, names) {
  const member = /^ {8}(\w+): (function\([\s\S]*?\n {8}\}(?:, arguments\); \})?),\n/gm;
  let kept = 0;
  const rest = glue
    .replace(`"${module}": import0`, `"${from.short}": import0`)
    .replace(member, (_, name, body) => {
      if (!names.has(name)) return "";
      kept += 1;
      return `        "${names.get(name)}": ${catching(body)},\n`;
    })
    .replace(
      /^function handleError\(f, args\) \{\n {4}try[^}]*\} catch \(e\) \{\n([^}]*) {4}\}\n\}/m,
      "function handleError(e) {\n$1}",
    );
  if (kept !== names.size || rest.includes(module) || /handleError\((f\W|function)/.test(rest)) {
    throw new Failure("wasm-bindgen's glue is not what it used to be: see scripts/package/trim.js");
  }
  return rest;
}

/** Has a function catch what is thrown by itself, where wasm-bindgen makes a closure and an object for each call. */
function catching(body) {
  return body.replace(
    /^function\(\) \{ return handleError\(function \(([^)]*)\) \{([\s\S]*)\}, arguments\); \}$/,
    "function($1) { try {$2} catch (e) { handleError(e); } }",
  );
}
