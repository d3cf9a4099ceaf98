import { withPath } from "../command.js";
import { npmBinFolder } from "../project.js";
import { seconds } from "../script.js";
import { requireNode } from "./node.js";
import { installNpmPackages } from "./npm-packages.js";
import { buildPins } from "./pins.js";
import { installRust } from "./rust.js";
import { installTools } from "./tools.js";

/**
 * Installs what the repository needs and this machine lacks. Nothing is installed twice, so every command can begin with this.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for commands that use the tools
 */
export async function setUp() {
  const startedAt = performance.now();
  requireNode();
  await installRust();
  const toolFolders = await installTools(buildPins());
  await installNpmPackages();
  console.log(`Set-up: everything is there (${seconds(performance.now() - startedAt)})`);
  return withPath([...toolFolders, npmBinFolder]);
}
