// One process has one emulator module, whether it is imported or required.
export { startEmulator } from "./emulator.cjs";
