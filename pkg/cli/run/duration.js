import { UsageError } from "../usage-error.js";

const UNITS = { "": 1000, s: 1000, m: 60_000, h: 3_600_000 };

/** The longest delay that a timer supports. */
export const MOST_MS = 2 ** 31 - 1;

/** Returns the milliseconds of a flag such as `10`, `0.5`, `10s` or `2m`. The default unit is seconds. */
export function durationOf(text, flag) {
  const [, number, unit] = /^(\d+(?:\.\d+)?|\.\d+)([smh]?)$/.exec(text) ?? [];
  const milliseconds = Number(number) * UNITS[unit];
  if (milliseconds <= MOST_MS) return milliseconds;
  throw new UsageError(`${flag} must be a time such as 10s, 0.5s or 2m, got "${text}"`);
}
