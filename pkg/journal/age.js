/** Returns whether a time is longer ago than that. With 0 every time is: also one in the future, after a clock was put back. */
export function isOlder(time, milliseconds) {
  return milliseconds === 0 || Date.now() - time > milliseconds;
}
