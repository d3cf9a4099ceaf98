// One process has one emulator, whether the package is imported or required.
export { startEmulator } from "./emulator.cjs";
