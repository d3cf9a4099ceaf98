import type { StartSource } from "./wasm.cjs";

/** The file as a bundler or runtime provides it: its URL, its bytes or a compiled module. Pass it to `start`. */
declare const source: StartSource;
export = source;
