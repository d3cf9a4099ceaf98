//! The objects that a `fetch` deals with, by what they can do: they may be of another realm, or a user's own.
//!
//! Nothing is taken for granted of them: each member may be missing, and each call may throw.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// What a request is sent with.
    #[derive(Clone)]
    pub(super) type RequestInit;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_method(this: &RequestInit, method: &str);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_headers(this: &RequestInit, headers: &JsValue);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_body(this: &RequestInit, body: &str);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_redirect(this: &RequestInit, redirect: &str);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_signal(this: &RequestInit, signal: &AbortSignal);
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_keepalive(this: &RequestInit, keepalive: bool);

    /// What a `fetch` resolves with.
    pub(super) type Response;

    #[wasm_bindgen(method, catch, getter, js_name = type)]
    pub(super) fn kind(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, getter)]
    pub(super) fn status(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, getter)]
    pub(super) fn headers(this: &Response) -> Result<Headers, JsValue>;
    #[wasm_bindgen(method, catch, getter)]
    pub(super) fn body(this: &Response) -> Result<Stream, JsValue>;

    pub(super) type Headers;

    #[wasm_bindgen(method, catch)]
    pub(super) fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;

    pub(super) type Stream;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    pub(super) fn get_reader(this: &Stream) -> Result<Reader, JsValue>;

    #[derive(Clone)]
    pub(super) type Reader;

    #[wasm_bindgen(method, catch)]
    pub(super) fn read(this: &Reader) -> Result<Thenable, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn cancel(this: &Reader) -> Result<Thenable, JsValue>;

    pub(super) type Chunk;

    #[wasm_bindgen(method, catch, getter)]
    pub(super) fn value(this: &Chunk) -> Result<View, JsValue>;

    /// A view of bytes, of any kind.
    pub(super) type View;

    #[wasm_bindgen(method, catch, getter)]
    pub(super) fn buffer(this: &View) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, getter, js_name = byteOffset)]
    pub(super) fn byte_offset(this: &View) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, catch, getter, js_name = byteLength)]
    pub(super) fn byte_length(this: &View) -> Result<f64, JsValue>;

    /// The bytes of a buffer of this realm or another; one whose content was transferred away throws.
    #[wasm_bindgen(extends = Uint8Array, js_name = Uint8Array)]
    pub(super) type Bytes;

    #[wasm_bindgen(catch, constructor, js_class = "Uint8Array")]
    pub(super) fn new(buffer: &JsValue, offset: f64, length: f64) -> Result<Bytes, JsValue>;

    /// A promise, or what behaves like one.
    pub(super) type Thenable;

    #[wasm_bindgen(method, catch)]
    pub(super) fn then(this: &Thenable, fulfilled: &Function, rejected: &Function) -> Result<JsValue, JsValue>;

    /// A promise of whatever a function of the user gave.
    #[wasm_bindgen(catch, js_namespace = Promise)]
    pub(super) fn resolve(given: &JsValue) -> Result<Thenable, JsValue>;
}
