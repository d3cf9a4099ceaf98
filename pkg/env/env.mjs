// Of one client, as the package itself is.
export { clientFromEnv } from "./env.cjs";
