/** Spreads 32 bits so that neighbouring inputs give unrelated outputs (the finalizer of MurmurHash3). */
function scatter(bits) {
  let mixed = bits;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hash(text) {
  let bits = text.length;
  for (let index = 0; index < text.length; index += 1) {
    bits = scatter(Math.imul(bits, 31) + text.charCodeAt(index));
  }
  return bits;
}

/**
 * An endless series of numbers in [0, 1) that depends on its seed alone. `Math.random` has no seed, and a failure of a test must
 * be repeatable.
 */
export function seededRandom(seed) {
  const start = hash(seed);
  let drawn = 0;
  return () => {
    drawn += 1;
    // With an odd step, every 32-bit state is visited before one repeats.
    return scatter(start + Math.imul(drawn, 0x9e3779b9)) / 2 ** 32;
  };
}
