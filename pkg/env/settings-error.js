/** A setting that is missing or not acceptable. Its text says where it came from; `argument` is the client's option. */
export class SettingsError extends Error {
  constructor(argument, message) {
    super(message);
    this.argument = argument;
  }
}
