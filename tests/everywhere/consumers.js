import { bundlers } from "./consumers/bundlers.js";
import { frameworks } from "./consumers/frameworks.js";
import { pages } from "./consumers/pages.js";
import { runtimes } from "./consumers/runtimes.js";
import { typescripts } from "./consumers/typescript.js";

/** Everything that the package has to work in, in the order of the table. */
export const consumers = [...runtimes, ...pages, ...bundlers, ...frameworks, ...typescripts];
