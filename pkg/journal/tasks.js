/** Runs all tasks, and then throws the first error, if there was one. */
export function inTurn(tasks) {
  const failures = [];
  for (const task of tasks) {
    try {
      task();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
