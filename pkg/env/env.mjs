// One process has one StatusClient, whether this is imported or required.
export { clientFromEnv } from "./env.cjs";
