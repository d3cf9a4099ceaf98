/**
 * A token, or a function that returns one. The function is called when the first token is needed, and again when the
 * service refuses a token (401). Calls that wait for it fail with `token_unavailable` if it throws, rejects, returns no
 * valid token, or takes longer than `attemptTimeoutMs`.
 */
export type AccessTokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** The second argument of a call of `fetch`. */
export interface StatusFetchInit {
  /** The method. */
  method: "POST";
  /** The headers, including the one with the token. */
  headers: Record<string, string>;
  /** The body: `{}`. */
  body: string;
  /** Keeps `fetch` from following redirects. */
  redirect: "manual";
  /** Aborted when the answer is no longer needed. */
  signal: AbortSignal;
}

/** The headers of a response, as far as they are needed. */
export interface StatusFetchHeaders {
  /** Returns the value of a header, or `null` if it is missing. */
  get(name: string): string | null;
}

/** A response, as far as it is needed. If it has a `type` and a `body` stream, they are read too. */
export interface StatusFetchResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers. `Retry-After` and `Date` are read. */
  readonly headers: StatusFetchHeaders;
}

/** The host's own `fetch`, or another function with the same interface. */
export type StatusFetch = (url: string, init: StatusFetchInit) => Promise<StatusFetchResponse>;

/** The options of a client. `undefined` counts as not given. Unknown options are an error. */
export interface StatusClientOptions {
  /** The id of the organization. */
  organizationId: string;
  /**
   * The API key or OAuth 2.0 access token, or a function that returns one. It is kept only in memory, and never shown.
   */
  accessToken: AccessTokenSource;
  /**
   * The organization's primary deployment region. Without region, environment and endpoint, requests go to
   * `https://push.cloud.coveo.com/v1`.
   */
  region?: Region | undefined;
  /**
   * The installation of the service. `"hipaa"` has no regions.
   * @default "production"
   */
  environment?: Environment | undefined;
  /**
   * Everything before `/organizations` in the URL, instead of region and environment. It has to be https, or http on a
   * loopback address.
   * @example "https://api-eu.cloud.coveo.com/push/v1"
   */
  endpoint?: string | undefined;
  /**
   * Permits an http endpoint beyond loopback, for example an emulator in another container.
   * Everybody on the way can then read the token.
   * @default false
   */
  insecureHttp?: boolean | undefined;
  /** The options for trying failed requests again. */
  retry?: RetryOptions | undefined;
  /**
   * The time limit of one request, including the body of an error: 1 to 2147483647 ms.
   * @default 10000
   */
  attemptTimeoutMs?: number | undefined;
  /**
   * The time limit of a call from its first request on, including retries and waits: 1 to 2147483647 ms.
   * @default 60000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * The time limit of the closing `IDLE` of an activity, with any number of attempts: 1 to 2147483647 ms.
   * @default 90000
   */
  closeTimeoutMs?: number | undefined;
  /**
   * The largest number of the client's requests that may be under way at once: 1 to 1000.
   * @default 8
   */
  concurrency?: number | undefined;
  /**
   * Another `fetch`, for a proxy for example.
   * @default globalThis.fetch
   */
  fetch?: StatusFetch | undefined;
  /** Called with each event. Errors that it throws are ignored. */
  onEvent?: ((event: StatusEvent) => void) | undefined;
  /**
   * A journal of the sources that may be active: the one of `push-source-status/journal`, or your own.
   * @default none
   */
  journal?: StatusJournal | undefined;
}

/** The options for trying failed requests again. */
export interface RetryOptions {
  /**
   * The largest number of requests that a call may send: 1 to 100.
   * @default 5
   */
  attempts?: number | undefined;
  /**
   * The first delay between attempts: 0 to 2147483647 ms. It doubles with each failure, and the actual delay is a
   * random one between half of that and all of it. It is 4 times as long if the service throttles without giving one.
   * @default 500
   */
  baseDelayMs?: number | undefined;
  /**
   * The longest delay between attempts: 0 to 2147483647 ms. It is 2.5 times as long if the service throttles without
   * giving a time.
   * @default 8000
   */
  maxDelayMs?: number | undefined;
  /**
   * The reaction to a failed request that may have been applied. At worst, repeating it adds a line to the activity
   * log.
   * @default "retry"
   */
  unknownOutcome?: UnknownOutcome | undefined;
}
