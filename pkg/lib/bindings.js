/**
 * The only instance of the WebAssembly module. It is started explicitly, or else at the first use with the bytes that
 * the entry provides.
 */
import * as glue from "../wasm/push_source_status_bg.js";
import * as lists from "./lists.js";
import { StatusError } from "./status-error.js";

let isStarted = false;
let provided;
let starting;

/** Registers the function that returns the bytes at the first use. */
export function provideBytes(bytes) {
  provided = bytes;
}

/** Returns the exports of the module, and starts it if necessary. */
export function bindings() {
  if (!isStarted) {
    if (provided === undefined) {
      throw notSupported("the WebAssembly module is not started", "await start(…) first");
    }
    try {
      const source = provided();
      instantiate(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source));
    } catch (cause) {
      throw blocked(cause);
    }
  }
  return glue;
}

/**
 * Starts the module from a URL, a response, bytes or a compiled module. Concurrent starts share one load. A start that
 * failed can be tried again.
 */
export function start(source) {
  if (isStarted) return Promise.resolve();
  starting ??= load(source).finally(() => {
    starting = undefined;
  });
  return starting;
}

async function load(source) {
  const module = await compiled(await source);
  if (!isStarted) instantiate(module);
}

function instantiate(module) {
  const { exports } = new WebAssembly.Instance(module, {
    "./push_source_status_bg.js": glue,
    "../lib/lists.js": lists,
  });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  isStarted = true;
}

async function compiled(source) {
  if (source instanceof WebAssembly.Module) return source;
  const bytes = await bytesOf(source);
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const first = new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, Math.min(4, bytes.byteLength));
    if (first[0] === "<".charCodeAt(0)) {
      throw notSupported(
        "what came in place of the WebAssembly file is an HTML page",
        'check the URL; with Vite\'s development server, put "push-source-status" into optimizeDeps.exclude',
        cause,
      );
    }
    if (String(first) !== "0,97,115,109") {
      throw notSupported("what start was given is not WebAssembly", "pass the package's .wasm file", cause);
    }
    throw blocked(cause);
  }
}

async function bytesOf(source) {
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return source;
  if (source === undefined) {
    throw notSupported("start was given nothing to start from", "pass a URL, a response, bytes or a module");
  }
  let response = source;
  if (typeof source.arrayBuffer !== "function") {
    try {
      response = await fetch(source);
    } catch (cause) {
      throw notSupported(`the WebAssembly file could not be loaded from ${source}`, "check the URL", cause);
    }
  }
  if (response.ok === false) {
    const from = response.url || String(source);
    throw notSupported(
      `the WebAssembly file could not be loaded from ${from}: ${response.status}`,
      "check the URL",
    );
  }
  try {
    return await response.arrayBuffer();
  } catch (cause) {
    throw notSupported("the WebAssembly file came only in part", "try again", cause);
  }
}

function blocked(cause) {
  return notSupported("WebAssembly cannot be started here", remedy(cause), cause);
}

function remedy(cause) {
  if (typeof WebAssembly === "undefined") return "run Node without --jitless, which takes WebAssembly away";
  if (typeof cause?.code === "string") return "check that the package is installed whole, and can be read";
  if (cause instanceof RangeError) return "allow the process more address space, with ulimit -v for example";
  return "a Content-Security-Policy has to allow it with 'wasm-unsafe-eval' in script-src";
}

function notSupported(what, hint, thrown) {
  const cause = thrown && { name: thrown.name, message: thrown.message };
  const message = `${what}${cause ? ` (${cause.message})` : ""}; ${hint}`;
  return new StatusError({ message, code: "not_supported", hint, cause });
}
