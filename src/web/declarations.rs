//! The TypeScript declarations of the shell, which has no types in Rust.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const CLIENT: &str = include_str!("client.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const OPTIONS: &str = include_str!("options.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const BULK: &str = include_str!("bulk.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ACTIVITY: &str = include_str!("activity.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const JOURNAL: &str = include_str!("journal.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const EVENTS: &str = include_str!("events.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ERROR: &str = include_str!("error.d.ts");
