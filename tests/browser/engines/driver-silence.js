/** An error for a browser driver that has stopped answering, which proves nothing about the page. */
export class DriverSilence extends Error {
  constructor(command) {
    super(`the browser's driver does not answer ${command}`);
  }
}
