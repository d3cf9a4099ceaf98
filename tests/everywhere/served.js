import { freePort } from "../faults/port.js";
import { ProcessGroup } from "./process-group.js";

/**
 * Runs a server of the project during its use.
 *
 * @param {import("../package/project.js").Project} project
 * @param {(port: string) => string[]} command
 * @param {(url: string) => Promise<void>} use
 */
export async function whileServed(project, command, use) {
  const port = String(await freePort());
  const url = `http://localhost:${port}/`;
  const server = new ProcessGroup(command(port), project.surroundings);
  try {
    await server.answers(url);
    await use(url);
  } catch (error) {
    error.message += `\n${server.output}`;
    throw error;
  } finally {
    await server.stop();
  }
}
