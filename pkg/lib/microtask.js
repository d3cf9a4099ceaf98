/**
 * Queues a microtask. The build puts this function in place of the host's `queueMicrotask` in the module's glue,
 * because a test may have replaced that one with a fake that never calls back. An `await` cannot be replaced.
 */
export async function queueMicrotask(task) {
  await undefined;
  task();
}
