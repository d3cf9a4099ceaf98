/** The flags that stand for options of the library. */
const FLAGS = { totalTimeoutMs: "--activation-timeout", closeTimeoutMs: "--close-timeout" };

/**
 * What the library says of a failure, for whoever has the flags of this command in place of its options.
 *
 * @param {number} [retryAfterMs] how long the service asked to wait
 */
export function failureText(message, retryAfterMs) {
  const text = message.replace(/, or allow more time with (\w+)$/, (_, option) =>
    Object.hasOwn(FLAGS, option) ? `, or allow more time with ${FLAGS[option]}` : "",
  );
  return retryAfterMs ? `${text}; the service asked to wait ${Math.ceil(retryAfterMs / 1000)} s` : text;
}
