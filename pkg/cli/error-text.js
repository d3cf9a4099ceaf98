/** Returns an error's text without its hint. */
function withoutHint({ message, hint }) {
  return hint ? message.replace(`; ${hint}`, "") : message;
}

/** Returns an error's text for people. Hints about options of the library do not help at a command line. */
export function textOf(error) {
  return error.code === "timeout" ? `${withoutHint(error)}; try again later` : error.message;
}
