export * from "./index.cjs";

/**
 * Starts the WebAssembly module. Await it before the first use. A second call changes nothing. A failed start can be
 * tried again.
 *
 * @param source - the URL of `push_source_status_bg.wasm`, a request or a response for it, its bytes, or the compiled
 * `WebAssembly.Module`
 */
export function start(source: StartSource | PromiseLike<StartSource>): Promise<void>;

/** A source to start the module from. */
export type StartSource = string | URL | Request | Response | ArrayBuffer | ArrayBufferView | CompiledModule;

/** `WebAssembly.Module`, if the TypeScript libraries in use declare it. */
export type CompiledModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module & object
  : never;
