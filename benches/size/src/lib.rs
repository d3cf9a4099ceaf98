//! The smallest module with one asynchronous `fetch`, and the parts that are built on top of it, one by one.

use js_sys::{Function, Promise, Reflect, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The minimum: sends a request, and returns the status of its answer.
#[wasm_bindgen]
pub async fn send(url: String) -> Result<JsValue, JsValue> {
    let fetch: Function = Reflect::get(&global(), &"fetch".into())?.unchecked_into();
    let answer = JsFuture::from(Promise::resolve(&fetch.call1(&JsValue::UNDEFINED, &url.into())?)).await?;
    Reflect::get(&answer, &"status".into())
}

#[cfg(feature = "results")]
mod results {
    use serde::Serialize;
    use wasm_bindgen::prelude::*;

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct StatusUpdate {
        source_id: String,
        status_type: &'static str,
        http_status: u16,
        attempts: u32,
        elapsed_ms: f64,
    }

    /// One result as plain data.
    #[wasm_bindgen]
    pub fn update(source_id: String, http_status: u16, attempts: u32, elapsed_ms: f64) -> JsValue {
        let update = StatusUpdate { source_id, status_type: "IDLE", http_status, attempts, elapsed_ms };
        serde_wasm_bindgen::to_value(&update).unwrap_or_default()
    }
}

#[cfg(feature = "core")]
mod core {
    use std::cell::RefCell;

    use push_source_status::{
        AccessToken, Change, Dispatcher, Endpoint, Error, Input, Now, OrganizationId, Output, PlainHttp, Policy,
        RequestTemplate, Settlement, SourceId, StatusType, Terms,
    };
    use wasm_bindgen::prelude::*;

    /// The machine, driven only by numbers and strings.
    #[wasm_bindgen]
    pub struct Machine(RefCell<Dispatcher>);

    #[wasm_bindgen]
    impl Machine {
        #[wasm_bindgen(constructor)]
        pub fn new(endpoint: &str, organization: &str, token: &str) -> Result<Machine, String> {
            let checked = || {
                let template = RequestTemplate::new(
                    &Endpoint::parse(endpoint, PlainHttp::Loopback)?,
                    &OrganizationId::parse(organization)?,
                );
                Ok(Dispatcher::new(template, Policy::default(), Some(AccessToken::parse(token)?)))
            };
            checked().map(|dispatcher| Self(RefCell::new(dispatcher))).map_err(|error: Error| error.to_string())
        }

        pub fn change(&self, ms: u64, source: &str, status: &str, is_activity: bool) -> Result<(), String> {
            let checked =
                || Ok(Change { source_id: SourceId::parse(source)?, status_type: StatusType::parse(status)? });
            let change = checked().map_err(|error: Error| error.to_string())?;
            let now = Now { ms, epoch_ms: ms, random: 1 };
            let mut dispatcher = self.0.borrow_mut();
            if is_activity {
                dispatcher.begin(now, &change.source_id.into(), change.status_type, Terms::default());
            } else {
                dispatcher.start(now, change, None);
            }
            Ok(())
        }

        pub fn answer(&self, ms: u64, attempt: u64, http_status: u16, retry_after: Option<String>, body: &[u8]) {
            let now = Now { ms, epoch_ms: ms, random: 1 };
            let attempt = push_source_status::AttemptId(attempt);
            let mut dispatcher = self.0.borrow_mut();
            let retry_after = retry_after.as_deref();
            dispatcher.handle(now, Input::Head { attempt, http_status, retry_after, date: retry_after });
            dispatcher.handle(now, Input::Body { attempt, bytes: body });
            dispatcher.handle(now, Input::Released(attempt));
            dispatcher.handle(now, Input::Timeout);
            dispatcher.handle(now, Input::PageEnd);
            dispatcher.handle(now, Input::Close);
        }

        pub fn poll(&self) -> Option<String> {
            let mut dispatcher = self.0.borrow_mut();
            let outputs = dispatcher.poll().into_iter();
            let texts = outputs.filter_map(|output| match output {
                Output::Send { url, token, .. } | Output::SendLast { url, token } => Some(url + token.reveal()),
                Output::Settle(_, Settlement::Failed(error)) => Some(error.to_string()),
                Output::EndActivity(_, end) => end.left_active.map(|error| error.to_string()),
                _ => None,
            });
            dispatcher.wake_at().map(|_| texts.collect())
        }
    }
}
