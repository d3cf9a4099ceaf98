import type { StartSource } from "./wasm.cjs";

/** What a bundler or runtime makes of the file: its address, its bytes or a compiled module. For `start`. */
declare const source: StartSource;
export = source;
