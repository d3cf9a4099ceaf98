/**
 * The same as `push-source-status`, with the WebAssembly file apart and an explicit start.
 *
 * @module push-source-status/wasm
 */

export * from "./wasm.cjs";
