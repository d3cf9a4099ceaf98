//! What a test calls to meet a panic in the module. Built with the feature `panics` alone, which no package has.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// Panics in the way that is asked for; formats the number for the ways that are none.
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
