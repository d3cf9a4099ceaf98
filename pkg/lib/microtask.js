/**
 * In the place of the host's `queueMicrotask` within the module's glue, where the build puts it: a test may have replaced
 * that, and never call back. No promise that is awaited can be replaced.
 */
export async function queueMicrotask(task) {
  await undefined;
  task();
}
