//! The traits of the host that may explain a network failure.

use js_sys::{Reflect, global};
use wasm_bindgen::prelude::*;

/// Returns a hint for network failures that have another reason on this host, for example a proxy that Node ignores.
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

const BROWSER_HINT: &str = "check the network and the endpoint; in a browser, a refusal by CORS looks the same as a \
                            lost connection";

const PROXY_HINT: &str = "a proxy is set in the environment, which Node uses only with NODE_USE_ENV_PROXY=1";

const OLD_NODE_PROXY_HINT: &str = "a proxy is set in the environment, which this version of Node does not use: take \
                                   Node 22.21, 24 or later with NODE_USE_ENV_PROXY=1, or pass the option fetch";

/// Returns whether a version of Node can take its proxy from the environment.
fn knows_proxies(version: &str) -> bool {
    let numbers = version.split(|character: char| !character.is_ascii_digit());
    let mut numbers = numbers.map(|number| number.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    major >= 24 || major == 22 && minor >= 21
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(JsValue::is_object)
}

fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}
