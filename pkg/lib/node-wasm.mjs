// One process has one WebAssembly instance and one StatusError, whether the package is imported or required.
export { isRegion, isStatusType, StatusClient, StatusError, start, statuses } from "./wasm.cjs";
