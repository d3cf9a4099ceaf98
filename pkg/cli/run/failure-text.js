/** The flags that stand for options of the library. */
const FLAGS = { totalTimeoutMs: "--activation-timeout", closeTimeoutMs: "--close-timeout" };

/**
 * Returns the library's text of a failure, with the flags of this command in place of the library's options.
 *
 * @param {number} [retryAfterMs] the wait that the service asked for
 */
export function failureText(message, retryAfterMs) {
  return text(message, retryAfterMs, (option) => (Object.hasOwn(FLAGS, option) ? FLAGS[option] : undefined));
}

/** The same of IDLE, whichever client has tried it. In the last seconds of a run no flag gives it more time. */
export function idleFailureText(message, retryAfterMs, isHastened) {
  return text(message, retryAfterMs, () => (isHastened ? undefined : FLAGS.closeTimeoutMs));
}

function text(message, retryAfterMs, flagOf) {
  const own = message.replace(/, or allow more time with (\w+)$/, (_, option) => {
    const flag = flagOf(option);
    return flag ? `, or allow more time with ${flag}` : "";
  });
  return retryAfterMs ? `${own}; the service asked to wait ${Math.ceil(retryAfterMs / 1000)} s` : own;
}
