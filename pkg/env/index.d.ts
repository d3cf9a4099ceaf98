/**
 * Makes a client from the variables that the command `push-source-status` reads, by the same rules. For Node.
 *
 * @module push-source-status/env
 */

import type { StatusClient, StatusClientOptions } from "push-source-status";

/**
 * Options of {@link clientFromEnv}, and those of the client. An option wins over its variable. `undefined` counts as not
 * given.
 */
export interface EnvClientOptions extends Partial<StatusClientOptions> {
  /** The variables. @default process.env */
  env?: { readonly [name: string]: string | undefined } | undefined;
  /**
   * The path of a file that holds the access token. It replaces the variables. The file is read at once, and again when the
   * service refuses the token (401). A newline at its end is ignored.
   */
  tokenFile?: string | undefined;
}

/**
 * Makes a client from variables. An empty variable counts as not set.
 *
 * | variable | option |
 * |---|---|
 * | `COVEO_ORGANIZATION_ID` | `organizationId` |
 * | `COVEO_ACCESS_TOKEN`, or else `COVEO_API_KEY` | `accessToken`, `tokenFile`; a newline at its end is ignored |
 * | `COVEO_REGION` | `region` |
 * | `COVEO_ENVIRONMENT` | `environment` |
 * | `COVEO_ENDPOINT` | `endpoint` |
 *
 * An endpoint excludes a region and an environment. If one is an option and the other a variable, the option wins. If both
 * variables of the token are set and differ, the first one is used, and the process emits a warning.
 *
 * @throws StatusError with `code: "invalid_argument"` if a setting is missing or invalid. Its text names the variable or the
 * file, and never shows the token. All missing settings are named at once.
 * @example
 * ```js
 * const client = clientFromEnv();
 * const patient = clientFromEnv({ tokenFile: "/run/secrets/coveo", totalTimeoutMs: 300_000 });
 * ```
 */
export declare function clientFromEnv(options?: EnvClientOptions): StatusClient;
