/** A mistake of the one who typed the command. Its text says what is wrong and what to do; nothing was sent. */
export class UsageError extends Error {}
