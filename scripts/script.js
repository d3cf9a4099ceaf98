import { Failure } from "./command.js";

/** Runs a script's body. Of an expected failure, it prints the text alone. */
export async function script(body) {
  try {
    await body(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Prints a title, runs the body, and prints the time that it took. */
export async function timed(title, body) {
  console.log(`• ${title}`);
  const startedAt = performance.now();
  const value = await body();
  console.log(`  done in ${seconds(performance.now() - startedAt)}`);
  return value;
}

export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
