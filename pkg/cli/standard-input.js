const NAMES = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

/** Returns whether a file's name stands for the standard input, which can be read only once. */
export function isStandardInput(file) {
  return NAMES.has(file);
}
