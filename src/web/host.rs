//! What the host offers: clocks, randomness, and how it reaches the network.

use std::cell::Cell;

use js_sys::{Date, Math, Number, Reflect, global};
use wasm_bindgen::prelude::*;

use crate::dispatcher::Now;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn monotonic_ms() -> f64;
}

/// The wall clock, in milliseconds since 1970.
pub(super) fn epoch_ms() -> u64 {
    milliseconds(Date::now())
}

fn monotonic() -> u64 {
    milliseconds(monotonic_ms())
}

/// What a clock says. A test may have replaced it, and whatever it says then, times can be added.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn milliseconds(told: f64) -> u64 {
    told.clamp(0.0, Number::MAX_SAFE_INTEGER) as u64
}

/// The clocks of a client, and its own draws. The host is asked for the monotonic clock at every moment, for the wall
/// clock when that matters, and for a random number once.
pub(super) struct Clock {
    /// When the monotonic clock was 0, by the wall clock.
    epoch_at_zero: Cell<u64>,
    last_draw: Cell<u32>,
}

impl Clock {
    // The draw is below 2^32.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub(super) fn new() -> Self {
        let random = (Math::random() * f64::from(u32::MAX)) as u32 | 1;
        let clock = Self { epoch_at_zero: Cell::new(0), last_draw: Cell::new(random) };
        clock.read_wall_clock();
        clock
    }

    /// This moment, with a number that was drawn for it.
    pub(super) fn now(&self) -> Now {
        let ms = monotonic();
        Now { ms, epoch_ms: self.epoch_at_zero.get() + ms, random: self.draw() }
    }

    /// To be called before a moment whose date matters: somebody may have set the wall clock.
    pub(super) fn read_wall_clock(&self) {
        self.epoch_at_zero.set(epoch_ms().saturating_sub(monotonic()));
    }

    /// Marsaglia's xorshift: enough to spread the retries of many clients.
    fn draw(&self) -> u32 {
        let mut draw = self.last_draw.get();
        draw ^= draw << 13;
        draw ^= draw >> 17;
        draw ^= draw << 5;
        self.last_draw.set(draw);
        draw
    }
}

/// What may be behind a network failure on this host, beyond the network.
pub(super) fn network_hint() -> Option<&'static str> {
    let Some(process) = member(&global(), "process") else { return Some(BROWSER_HINT) };
    let Some(node) = member(&process, "versions").and_then(|versions| text(&versions, "node")) else {
        return Some(BROWSER_HINT);
    };
    let environment = member(&process, "env")?;
    let is_set = |name: &str| text(&environment, name).is_some_and(|value| !value.is_empty());
    let has_proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].into_iter().any(is_set);
    let is_used = text(&environment, "NODE_USE_ENV_PROXY").as_deref() == Some("1") && knows_proxies(&node);
    (has_proxy && !is_used).then(|| if knows_proxies(&node) { PROXY_HINT } else { OLD_NODE_PROXY_HINT })
}

const BROWSER_HINT: &str = "check the network and the endpoint; a browser does not tell a refusal by CORS from a lost \
                            connection";

const PROXY_HINT: &str = "a proxy is set in the environment, which Node uses only with NODE_USE_ENV_PROXY=1";

const OLD_NODE_PROXY_HINT: &str = "a proxy is set in the environment, which this version of Node does not use: take \
                                   Node 22.21, 24 or later with NODE_USE_ENV_PROXY=1, or pass the option fetch";

/// Whether a version of Node can take its proxy from the environment.
fn knows_proxies(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    major >= 24 || major == 22 && minor >= 21
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(JsValue::is_object)
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}
