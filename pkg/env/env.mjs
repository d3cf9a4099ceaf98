// One process has one StatusClient, whether the package is imported or required.
export { clientFromEnv } from "./env.cjs";
