/**
 * A client from the settings that the command `push-source-status` reads, by its rules. For Node.
 *
 * @module push-source-status/env
 */

import type { StatusClient, StatusClientOptions } from "push-source-status";

/**
 * Options of {@link clientFromEnv}, and those of the client, of which each wins over its variable. `undefined` counts as
 * not given.
 */
export interface EnvClientOptions extends Partial<StatusClientOptions> {
  /** The variables. @default process.env */
  env?: { readonly [name: string]: string | undefined } | undefined;
  /**
   * The path of a file that holds the access token, in place of a variable. It is read at once, and again whenever the
   * service refuses what it held (401). A newline at its end does not count.
   */
  tokenFile?: string | undefined;
}

/**
 * Makes a client from variables. One that is empty counts as not set.
 *
 * | variable | option |
 * |---|---|
 * | `COVEO_ORGANIZATION_ID` | `organizationId` |
 * | `COVEO_ACCESS_TOKEN`, or else `COVEO_API_KEY` | `accessToken`, `tokenFile`; a newline at its end does not count |
 * | `COVEO_REGION` | `region` |
 * | `COVEO_ENVIRONMENT` | `environment` |
 * | `COVEO_ENDPOINT` | `endpoint` |
 *
 * An endpoint excludes a region and an environment; where one of them is an option and the other a variable, the option
 * wins. If both variables of the token are set and differ, the first is used, and a warning of the process says so.
 *
 * @throws StatusError with `code: "invalid_argument"` when a setting is missing or not valid; its text names the variable
 * or the file that it came from, and never shows the token.
 * @example
 * ```js
 * const client = clientFromEnv();
 * const patient = clientFromEnv({ tokenFile: "/run/secrets/coveo", totalTimeoutMs: 300_000 });
 * ```
 */
export declare function clientFromEnv(options?: EnvClientOptions): StatusClient;
