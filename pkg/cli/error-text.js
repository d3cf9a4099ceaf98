/** An error's text without the one thing to do, for who knows of a better one. */
function withoutHint({ message, hint }) {
  return hint ? message.replace(`; ${hint}`, "") : message;
}

/** An error's text for somebody at a terminal: there, the options of the library are no remedy. */
export function textOf(error) {
  return error.code === "timeout" ? `${withoutHint(error)}; try again later` : error.message;
}
