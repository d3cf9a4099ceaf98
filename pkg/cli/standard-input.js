const NAMES = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

/** Whether a file's name stands for the standard input, which gives what it has once. */
export function isStandardInput(file) {
  return NAMES.has(file);
}
