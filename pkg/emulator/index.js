/** A local stand-in for the status operation of the Push API, for tests of connectors. */
export { startEmulator } from "./emulator.js";
