import { bundlers } from "./consumers/bundlers.js";
import { pages } from "./consumers/pages.js";
import { runtimes } from "./consumers/runtimes.js";
import { servers } from "./consumers/servers.js";
import { testRunners } from "./consumers/test-runners.js";
import { typescripts } from "./consumers/typescript.js";

/** All consumers of the package, in the order of the table. */
export const consumers = [...runtimes, ...pages, ...bundlers, ...servers, ...testRunners, ...typescripts];
