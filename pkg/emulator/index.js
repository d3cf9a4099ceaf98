/** A local stand-in for the Push API, for tests of connectors. */
export { startEmulator } from "./emulator.js";
