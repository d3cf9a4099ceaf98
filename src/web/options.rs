//! Turns the options of a client into checked values.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use super::argument::{function, required_function, string};
use super::members::Members;
use super::thrown::describe;
use crate::endpoint::{Endpoint, Environment, PlainHttp, Region};
use crate::identifier::OrganizationId;
use crate::invalid::Invalid;
use crate::policy::{self, Policy, UnknownOutcome};
use crate::request::RequestTemplate;
use crate::token::AccessToken;

/// The checked options of a client.
pub(super) struct Settings {
    pub(super) template: RequestTemplate,
    pub(super) policy: Policy,
    pub(super) token: Option<AccessToken>,
    pub(super) token_source: Option<Function>,
    pub(super) fetch: Option<Function>,
    pub(super) on_event: Option<Function>,
    pub(super) journal: JsValue,
}

const NAMES: &[&str] = &[
    "organizationId",
    "accessToken",
    "region",
    "environment",
    "endpoint",
    "insecureHttp",
    "retry",
    "attemptTimeoutMs",
    "totalTimeoutMs",
    "closeTimeoutMs",
    "concurrency",
    "fetch",
    "onEvent",
    "journal",
];

const RETRY_NAMES: &[&str] = &["attempts", "baseDelayMs", "maxDelayMs", "unknownOutcome"];

/// The names of options in the vendor's client and elsewhere, in lower case, each with its name here.
const FOREIGN_NAMES: &[(&str, &str)] = &[
    ("apikey", "accessToken"),
    ("token", "accessToken"),
    ("organization", "organizationId"),
    ("organizationid", "organizationId"),
    ("maxretries", "retry.attempts"),
    ("retryafter", "retry.baseDelayMs"),
    ("timemultiple", "retry.maxDelayMs"),
];

impl Settings {
    /// Checks every option.
    pub(super) fn read(options: &JsValue) -> Result<Self, Invalid> {
        let options = Members::of("options", options, NAMES).map_err(with_own_name)?;
        if options.get("organizationId")?.is_undefined() && options.get("accessToken")?.is_undefined() {
            return Err(Invalid::new("organizationId", "organizationId and accessToken are missing"));
        }
        let organization = OrganizationId::parse(&string("organizationId", &options.required("organizationId")?)?)?;
        let access_token = options.required("accessToken")?;
        let token_source = required_function("accessToken", &access_token).ok();
        let token = match token_source {
            Some(_) => None,
            None => Some(token(&access_token)?),
        };
        Ok(Self {
            template: RequestTemplate::new(&endpoint(&options)?, &organization),
            policy: policy(&options)?,
            token,
            token_source,
            fetch: function("fetch", &options.get("fetch")?)?,
            on_event: function("onEvent", &options.get("onEvent")?)?,
            journal: journal(options.get("journal")?)?,
        })
    }
}

fn endpoint(options: &Members) -> Result<Endpoint, Invalid> {
    let insecure = options.get("insecureHttp")?;
    let plain_http = match insecure.as_bool() {
        Some(true) => PlainHttp::Anywhere,
        Some(false) => PlainHttp::Loopback,
        None if insecure.is_undefined() => PlainHttp::Loopback,
        None => {
            let what = format!("insecureHttp must be true or false, got {}", describe(&insecure));
            return Err(Invalid::new("insecureHttp", what));
        }
    };
    let region = options.text("region")?.map(|text| Region::parse(&text)).transpose()?;
    let environment = options.text("environment")?.map(|text| Environment::parse(&text)).transpose()?;
    let endpoint = options.text("endpoint")?.map(|text| Endpoint::parse(&text, plain_http)).transpose()?;
    match (endpoint, region, environment) {
        (Some(_), Some(_), _) => Err(conflict("region")),
        (Some(_), None, Some(_)) => Err(conflict("environment")),
        (Some(endpoint), None, None) => Ok(endpoint),
        (None, None, None) => Ok(Endpoint::default()),
        (None, region, environment) => Endpoint::regional(region, environment.unwrap_or_default()),
    }
}

fn policy(options: &Members) -> Result<Policy, Invalid> {
    let mut policy = Policy::default();
    options.set(&mut policy.attempt_timeout_ms, "attemptTimeoutMs", &policy::ATTEMPT_TIMEOUT_MS)?;
    options.set(&mut policy.total_timeout_ms, "totalTimeoutMs", &policy::TOTAL_TIMEOUT_MS)?;
    options.set(&mut policy.close_timeout_ms, "closeTimeoutMs", &policy::CLOSE_TIMEOUT_MS)?;
    options.set(&mut policy.concurrency, "concurrency", &policy::CONCURRENCY)?;
    let retry = options.get("retry")?;
    if !retry.is_undefined() {
        let retry = Members::of("retry", &retry, RETRY_NAMES)?;
        retry.set(&mut policy.attempts, "attempts", &policy::ATTEMPTS)?;
        retry.set(&mut policy.backoff.base_ms, "baseDelayMs", &policy::BASE_DELAY_MS)?;
        retry.set(&mut policy.backoff.max_ms, "maxDelayMs", &policy::MAX_DELAY_MS)?;
        if let Some(text) = retry.text("unknownOutcome")? {
            policy.unknown_outcome = UnknownOutcome::parse(&text)?;
        }
    }
    Ok(policy)
}

/// Checks the journal. It is returned as it was given, since its functions are called on it.
fn journal(given: JsValue) -> Result<JsValue, Invalid> {
    if !given.is_undefined() {
        for name in ["opened", "closed"] {
            let function = Reflect::get(&given, &name.into()).unwrap_or_default();
            let argument = format!("journal.{name}");
            if !function.is_function() {
                let what = format!("{argument} must be a function, got {}", describe(&function));
                return Err(Invalid::new(argument, what));
            }
        }
    }
    Ok(given)
}

/// Returns the hint for an option of another client.
fn with_own_name(error: Invalid) -> Invalid {
    match FOREIGN_NAMES.iter().find(|(foreign, _)| error.argument().eq_ignore_ascii_case(foreign)) {
        Some((_, own)) => error.with_hint(format!("use {own}")),
        None => error,
    }
}

fn conflict(argument: &'static str) -> Invalid {
    Invalid::new(argument, format!("{argument} cannot be given together with endpoint"))
        .with_hint(format!("leave out {argument}, or endpoint"))
}

/// Reads the token. An error never repeats the value.
fn token(value: &JsValue) -> Result<AccessToken, Invalid> {
    let text = value.as_string().ok_or_else(|| {
        let kind =
            if value.is_undefined() { "nothing".into() } else { value.js_typeof().as_string().unwrap_or_default() };
        Invalid::new("accessToken", format!("accessToken must be a string or a function, not {kind}"))
    })?;
    AccessToken::parse(&text)
}
