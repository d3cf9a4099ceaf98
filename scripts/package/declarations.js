import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../command.js";
import { distFolder, packageRoot, wasmFolder } from "../project.js";

/** What editors and the reference show of a whole module. */
const header = `\
/**
 * Sets the status of Push sources, and makes that call well: retries, order, throttling, activities.
 *
 * @module push-source-status
 */

`;

const wasmHeader = `\
/**
 * The same as \`push-source-status\`, with the WebAssembly file apart and an explicit start.
 *
 * @module push-source-status/wasm
 */

`;

const shellMembers = `\
    /** The same as {@link close}, without waiting. */
    free(): void;
    /** {@link close}, for \`await using\`. */
    [Symbol.asyncDispose](): Promise<void>;
`;

/** Libraries before `esnext.disposable` do not know the symbol; with it, the two declarations are one. */
const asyncDispose = `
declare global {
    interface SymbolConstructor {
        readonly asyncDispose: unique symbol;
    }
}
`;

const start = `
/**
 * Starts the WebAssembly module. To be awaited before the first use; a second call changes nothing, and a
 * failed one can be repeated.
 *
 * @param source - where \`push_source_status_bg.wasm\` is, what answered for it, its bytes, or the compiled
 * \`WebAssembly.Module\`
 */
export function start(source: StartSource | PromiseLike<StartSource>): Promise<void>;

/** What the module can be started from. */
export type StartSource = string | URL | Request | Response | ArrayBuffer | ArrayBufferView | CompiledModule;

/** \`WebAssembly.Module\`, where the libraries in use declare it. */
export type CompiledModule = typeof globalThis extends {
    WebAssembly: { Module: { prototype: infer Module } };
} ? Module & object : never;
`;

const wasmFile = `\
import type { StartSource } from "./wasm.cjs";

/** What a bundler or runtime makes of the file: its address, its bytes or a compiled module. For \`start\`. */
declare const source: StartSource;
export = source;
`;

/** Writes the public types: those of CommonJS, and for modules where they are. */
export function writeDeclarations() {
  const generated = readFileSync(join(wasmFolder, "push_source_status.d.ts"), "utf8");
  const emulator = readFileSync(join(packageRoot, "emulator", "index.d.ts"), "utf8");
  if (/from\s+["']\./.test(emulator)) {
    throw new Failure("pkg/emulator/index.d.ts must stand alone: CommonJS users get a copy of it");
  }
  const declarations = publicDeclarations(generated);
  write("index.d.cts", `${header}${declarations}`);
  write("index.d.ts", `${header}export * from "./index.cjs";\n`);
  write("wasm.d.ts", `${wasmHeader}export * from "./index.js";\n${start}`);
  write("wasm.d.cts", `${wasmHeader}export * from "./index.cjs";\n${start}`);
  write("push_source_status_bg.wasm.d.cts", wasmFile);
  write("emulator.d.cts", emulator);
  write("emulator.d.ts", `export * from "./emulator.cjs";\n`);
}

/** What wasm-bindgen declares, without its start-up, and with the class as users see it: the shell. */
function publicDeclarations(generated) {
  const withoutRustdoc = cut(
    generated,
    /(?: *\*\n)? *\* # Errors\n *\* As it says\.\n/g,
    "the headings that clippy wants",
  );
  const withoutStartUp = cut(withoutRustdoc, /^export type InitInput = [\s\S]*$/m, "the start-up types");
  const withoutHeader = cut(withoutStartUp, /^(\/\* \w+[:-]disable \*\/\n)+\n?/, "the header");
  const withoutRelease = cut(
    withoutHeader,
    /^ *\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n *release\(\): void;\n/m,
    "`StatusClient.release`",
  );
  const withShell = cut(
    withoutRelease,
    /(?<=^export class StatusClient \{\n) *free\(\): void;\n *\[Symbol\.dispose\]\(\): void;\n/m,
    "the disposal of `StatusClient`",
    shellMembers,
  );
  if (/Symbol\.dispose|WebAssembly\.|__wb/.test(withShell)) {
    throw new Failure("the public types still name what wasm-bindgen alone should know");
  }
  return `${withShell.trimEnd()}\n${asyncDispose}`;
}

function cut(text, pattern, what, replacement = "") {
  if (!pattern.test(text)) {
    throw new Failure(
      `wasm-bindgen's types have no longer ${what} where scripts/package/declarations.js looks`,
    );
  }
  return text.replace(pattern, () => replacement);
}

function write(name, text) {
  writeFileSync(join(distFolder, name), text);
}
