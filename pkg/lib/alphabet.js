/**
 * The characters that bytes are written with: those that stand in any JavaScript string as they are, and that every
 * bundler leaves as they are. The last ones begin a pair; each of the others is a byte.
 */
export const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !'"$\\`'.includes(character),
);

/** How many characters begin a pair: enough for all bytes that have no character of their own. */
export const PAIRS = 2;

/** Which byte each character is, and then each pair, by the bytes that have a character of their own. */
export function alphabet(singles) {
  const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !singles.includes(byte));
  return [...singles, ...others];
}
