/**
 * The characters that encode bytes. They need no escaping in any JavaScript string, and every bundler leaves them
 * unchanged. Each of the last ones begins a pair, and each of the others is a byte.
 */
export const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !'"$\\`'.includes(character),
);

/** The number of characters that begin a pair. They suffice for all bytes without a single character. */
export const PAIRS = 2;

/** Returns the byte of each single character, then of each pair. `singles` are the bytes with a single character. */
export function alphabet(singles) {
  const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !singles.includes(byte));
  return [...singles, ...others];
}
