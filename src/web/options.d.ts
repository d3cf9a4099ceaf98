/** A token, or what gives one. A function is asked when a token is needed, and again when the service refuses it. */
export type AccessTokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** What a `fetch` is called with. */
export interface StatusFetchInit {
  /** The method. */
  method: "POST";
  /** The headers, the one with the token among them. */
  headers: Record<string, string>;
  /** The body: `{}`. */
  body: string;
  /** Redirects are not to be followed. */
  redirect: "manual";
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** What is asked of the headers of a response. */
export interface StatusFetchHeaders {
  /** The value of a header, or `null` without it. */
  get(name: string): string | null;
}

/** What is needed of a response. Where it has them, its `type` and its `body`, a stream, are read too. */
export interface StatusFetchResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, of which `Retry-After` and `Date` are asked for. */
  readonly headers: StatusFetchHeaders;
}

/** A `fetch`: the host's own, or another one with the same face. */
export type StatusFetch = (url: string, init: StatusFetchInit) => Promise<StatusFetchResponse>;

/** The options of a client. `undefined` counts as not given; a name that is not here is an error. */
export interface StatusClientOptions {
  /** The organization's id. */
  organizationId: string;
  /**
   * The API key or OAuth 2.0 access token, or a function that gives one. It is held in memory alone, and shown
   * nowhere.
   */
  accessToken: AccessTokenSource;
  /**
   * The organization's primary deployment region. Without region, environment and endpoint, requests go to
   * `https://push.cloud.coveo.com/v1`.
   */
  region?: Region | undefined;
  /**
   * The installation. `"hipaa"` has no regions.
   * @default "production"
   */
  environment?: Environment | undefined;
  /**
   * Everything before `/organizations`, in place of region and environment: https, or http on a loopback address.
   * @example "https://api-eu.cloud.coveo.com/push/v1"
   */
  endpoint?: string | undefined;
  /**
   * Whether the endpoint may be http beyond loopback addresses too, where everybody on the way can read the token: for a
   * stand-in in another container.
   * @default false
   */
  insecureHttp?: boolean | undefined;
  /** How failed requests are tried again. */
  retry?: RetryOptions | undefined;
  /**
   * How long one request may take, headers and the body of an error together: 1 to 2147483647 ms.
   * @default 10000
   */
  attemptTimeoutMs?: number | undefined;
  /**
   * How long a call may take from its first request on, retries and waits included: 1 to 2147483647 ms.
   * @default 60000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * How long the closing `IDLE` of an activity may take, whatever the number of attempts: 1 to 2147483647 ms.
   * @default 90000
   */
  closeTimeoutMs?: number | undefined;
  /**
   * How many requests of the client may be under way at once: 1 to 1000.
   * @default 8
   */
  concurrency?: number | undefined;
  /**
   * Another `fetch`, for a proxy for example.
   * @default globalThis.fetch
   */
  fetch?: StatusFetch | undefined;
  /** Told what happens to each call. What it throws is ignored. */
  onEvent?: ((event: StatusEvent) => void) | undefined;
  /**
   * Told which sources may be active: the one of `push-source-status/journal`, or one of your own.
   * @default none
   */
  journal?: StatusJournal | undefined;
}

/** How failed requests are tried again. */
export interface RetryOptions {
  /**
   * How many requests a call may send in all: 1 to 100.
   * @default 5
   */
  attempts?: number | undefined;
  /**
   * The first delay; it doubles with each failure, and half of it is drawn at random: 0 to 2147483647 ms. Four
   * times as long when the service throttles and does not say for how long.
   * @default 500
   */
  baseDelayMs?: number | undefined;
  /**
   * The longest delay: 0 to 2147483647 ms. 2.5 times as long when the service throttles and does not say for how
   * long.
   * @default 8000
   */
  maxDelayMs?: number | undefined;
  /**
   * What to do when a request may have been applied. Repeating it adds a line to the activity log at worst.
   * @default "retry"
   */
  unknownOutcome?: UnknownOutcome | undefined;
}
