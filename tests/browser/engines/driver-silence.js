/** A browser's driver has stopped answering: that says nothing of the page. */
export class DriverSilence extends Error {
  constructor(command) {
    super(`the browser's driver does not answer ${command}`);
  }
}
