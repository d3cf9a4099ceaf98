/**
 * The exports of `push-source-status`, with a separate WebAssembly file and an explicit start.
 *
 * @module push-source-status/wasm
 */

export * from "./wasm.cjs";
