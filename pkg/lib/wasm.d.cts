export * from "./index.cjs";

/**
 * Starts the WebAssembly module. To be awaited before the first use; a second call changes nothing, and a
 * failed one can be repeated.
 *
 * @param source - where `push_source_status_bg.wasm` is, what answered for it, its bytes, or the compiled
 * `WebAssembly.Module`
 */
export function start(source: StartSource | PromiseLike<StartSource>): Promise<void>;

/** A source to start the module from. */
export type StartSource = string | URL | Request | Response | ArrayBuffer | ArrayBufferView | CompiledModule;

/** `WebAssembly.Module`, where the libraries in use declare it. */
export type CompiledModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module & object
  : never;
