//! From the options of JavaScript to checked values.

use js_sys::Function;
use serde::Deserialize;
use serde_wasm_bindgen::preserve;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::argument::{as_function, function, given, object, set, string};
use crate::endpoint::{Endpoint, Environment, Region};
use crate::error::Error;
use crate::identifier::OrganizationId;
use crate::policy::{self, Policy, UnknownOutcome};
use crate::request::RequestTemplate;
use crate::token::AccessToken;

#[wasm_bindgen(typescript_custom_section)]
const HOST_TYPES: &str = r#"
/** The deployment region of an organization: US East, Canada, Ireland or Australia. */
export type Region = "us" | "ca" | "eu" | "au";

/** Which installation of the service. HIPAA has no regions. */
export type Environment = "production" | "hipaa" | "staging" | "development";

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
"#;

/// The options of a client. `undefined` counts as not given; a name that is not here is an error.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StatusClientOptions {
    /// The organization's id.
    #[tsify(type = "string")]
    #[serde(with = "preserve")]
    organization_id: JsValue,
    /// The API key or OAuth 2.0 access token, or a function that gives one. It is held in memory alone, and shown
    /// nowhere.
    #[tsify(type = "AccessTokenSource")]
    #[serde(with = "preserve")]
    access_token: JsValue,
    /// The organization's primary deployment region. Without region, environment and endpoint, requests go to
    /// `https://push.cloud.coveo.com/v1`.
    #[tsify(optional, type = "Region | undefined")]
    #[serde(default, with = "preserve")]
    region: JsValue,
    /// The installation. `"hipaa"` has no regions.
    /// @default "production"
    #[tsify(optional, type = "Environment | undefined")]
    #[serde(default, with = "preserve")]
    environment: JsValue,
    /// Everything before `/organizations`, in place of region and environment: https, or http on a loopback address.
    /// @example "https://api-eu.cloud.coveo.com/push/v1"
    #[tsify(optional, type = "string | undefined")]
    #[serde(default, with = "preserve")]
    endpoint: JsValue,
    /// How failed requests are tried again.
    #[tsify(optional, type = "RetryOptions | undefined")]
    #[serde(default, with = "preserve")]
    retry: JsValue,
    /// How long one request may take, headers and the body of an error together: 1 to 2147483647 ms.
    /// @default 10000
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    attempt_timeout_ms: JsValue,
    /// How long a call may take from its first request on, retries and waits included: 1 to 2147483647 ms.
    /// @default 60000
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    total_timeout_ms: JsValue,
    /// How long the closing `IDLE` of an activity may take, whatever the number of attempts: 1 to 2147483647 ms.
    /// @default 90000
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    close_timeout_ms: JsValue,
    /// How many requests of the client may be under way at once: 1 to 1000.
    /// @default 8
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    concurrency: JsValue,
    /// Another `fetch`, for a proxy for example.
    /// @default globalThis.fetch
    #[tsify(optional, type = "StatusFetch | undefined")]
    #[serde(default, with = "preserve")]
    fetch: JsValue,
    /// Told what happens to each call. What it throws is ignored.
    #[tsify(optional, type = "((event: StatusEvent) => void) | undefined")]
    #[serde(default, with = "preserve")]
    on_event: JsValue,
}

/// How failed requests are tried again.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RetryOptions {
    /// How many requests a call may send in all: 1 to 100.
    /// @default 5
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    attempts: JsValue,
    /// The first delay; it doubles with each failure, and half of it is drawn at random: 0 to 2147483647 ms. Four
    /// times as long when the service throttles and does not say for how long.
    /// @default 500
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    base_delay_ms: JsValue,
    /// The longest delay: 0 to 2147483647 ms. 2.5 times as long when the service throttles and does not say for how
    /// long.
    /// @default 8000
    #[tsify(optional, type = "number | undefined")]
    #[serde(default, with = "preserve")]
    max_delay_ms: JsValue,
    /// What to do when a request may have been applied. Repeating it adds a line to the activity log at worst.
    /// @default "retry"
    #[tsify(optional, type = "\"retry\" | \"stop\" | undefined")]
    #[serde(default, with = "preserve")]
    unknown_outcome: JsValue,
}

/// Everything that a client is made of.
pub(super) struct Settings {
    pub(super) template: RequestTemplate,
    pub(super) policy: Policy,
    pub(super) token: Option<AccessToken>,
    pub(super) token_source: Option<Function>,
    pub(super) fetch: Option<Function>,
    pub(super) on_event: Option<Function>,
}

const REQUIRED: [&str; 2] = ["organizationId", "accessToken"];

const OPTIONAL: [&str; 10] = [
    "region",
    "environment",
    "endpoint",
    "retry",
    "attemptTimeoutMs",
    "totalTimeoutMs",
    "closeTimeoutMs",
    "concurrency",
    "fetch",
    "onEvent",
];

impl Settings {
    /// Checks every option.
    pub(super) fn read(options: &JsValue) -> Result<Self, Error> {
        let options: StatusClientOptions = object("options", options, &REQUIRED, &OPTIONAL)?;
        let organization = OrganizationId::parse(&string("organizationId", &options.organization_id)?)?;
        let token_source = as_function(&options.access_token);
        let token = match token_source {
            Some(_) => None,
            None => Some(token(&options.access_token)?),
        };
        Ok(Self {
            template: RequestTemplate::new(&options.endpoint()?, &organization),
            policy: options.policy()?,
            token,
            token_source,
            fetch: function("fetch", &options.fetch)?,
            on_event: function("onEvent", &options.on_event)?,
        })
    }
}

impl StatusClientOptions {
    fn endpoint(&self) -> Result<Endpoint, Error> {
        let region = given("region", &self.region)?.map(|text| Region::parse(&text)).transpose()?;
        let environment = given("environment", &self.environment)?.map(|text| Environment::parse(&text)).transpose()?;
        let endpoint = given("endpoint", &self.endpoint)?.map(|text| Endpoint::parse(&text)).transpose()?;
        match (endpoint, region, environment) {
            (Some(_), Some(_), _) => Err(conflict("region")),
            (Some(_), None, Some(_)) => Err(conflict("environment")),
            (Some(endpoint), None, None) => Ok(endpoint),
            (None, None, None) => Ok(Endpoint::default()),
            (None, region, environment) => Endpoint::regional(region, environment.unwrap_or(Environment::Production)),
        }
    }

    fn policy(&self) -> Result<Policy, Error> {
        let mut policy = Policy::default();
        set(&mut policy.attempt_timeout_ms, &policy::ATTEMPT_TIMEOUT_MS, &self.attempt_timeout_ms)?;
        set(&mut policy.total_timeout_ms, &policy::TOTAL_TIMEOUT_MS, &self.total_timeout_ms)?;
        set(&mut policy.close_timeout_ms, &policy::CLOSE_TIMEOUT_MS, &self.close_timeout_ms)?;
        set(&mut policy.concurrency, &policy::CONCURRENCY, &self.concurrency)?;
        if !self.retry.is_undefined() {
            let names = ["attempts", "baseDelayMs", "maxDelayMs", "unknownOutcome"];
            let retry: RetryOptions = object("retry", &self.retry, &[], &names)?;
            set(&mut policy.attempts, &policy::ATTEMPTS, &retry.attempts)?;
            set(&mut policy.backoff.base_ms, &policy::BASE_DELAY_MS, &retry.base_delay_ms)?;
            set(&mut policy.backoff.max_ms, &policy::MAX_DELAY_MS, &retry.max_delay_ms)?;
            if let Some(text) = given("retry.unknownOutcome", &retry.unknown_outcome)? {
                policy.unknown_outcome = UnknownOutcome::parse(&text)?;
            }
        }
        Ok(policy)
    }
}

fn conflict(argument: &'static str) -> Error {
    Error::invalid(argument, format!("{argument} cannot be given together with endpoint"))
        .with_hint(format!("leave out {argument}, or endpoint"))
}

/// Reads the token. Whatever it is instead, its text is not repeated.
fn token(value: &JsValue) -> Result<AccessToken, Error> {
    let text = value.as_string().ok_or_else(|| {
        let kind =
            if value.is_undefined() { "nothing".into() } else { value.js_typeof().as_string().unwrap_or_default() };
        Error::invalid("accessToken", format!("accessToken must be a string or a function, not {kind}"))
    })?;
    AccessToken::parse(&text)
}
