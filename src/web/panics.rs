//! Panics on purpose, for a test. Built only with the feature `panics`, which no package has.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// Panics in the given way. For `debug` and unknown ways, returns a formatted text instead.
#[wasm_bindgen(skip_typescript)]
#[must_use]
pub fn panics(way: &str, number: f64) -> String {
    let cell = RefCell::new(vec![number]);
    match way {
        "index" => cell.borrow()[way.len()].to_string(),
        "slice" => way[..way.len() + cell.borrow().len()].to_string(),
        "expect" => cell.borrow().get(1).expect("a second number").to_string(),
        "borrow" => cell.try_borrow_mut().map(|_number| cell.borrow().len()).unwrap_or_default().to_string(),
        "overflow" => (usize::MAX - cell.borrow().len() + way.len()).to_string(),
        "debug" => format!("{:?}", (cell.borrow().as_slice(), "a\n\u{202e}")),
        _ => number.to_string(),
    }
}
