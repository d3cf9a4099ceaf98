/** The flags that stand for options of the library. */
const FLAGS = { totalTimeoutMs: "--activation-timeout", closeTimeoutMs: "--close-timeout" };

/**
 * Returns the library's text of a failure, with the flags of this command in place of the library's options.
 *
 * @param {number} [retryAfterMs] the wait that the service asked for
 */
export function failureText(message, retryAfterMs) {
  const text = message.replace(/, or allow more time with (\w+)$/, (_, option) =>
    Object.hasOwn(FLAGS, option) ? `, or allow more time with ${FLAGS[option]}` : "",
  );
  return retryAfterMs ? `${text}; the service asked to wait ${Math.ceil(retryAfterMs / 1000)} s` : text;
}
