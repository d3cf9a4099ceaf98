//! The members of an object of options.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::argument::string;
use super::thrown::{describe, is_array};
use crate::invalid::Invalid;
use crate::policy::Limit;
use crate::quote::{quote, without_tokens};
use crate::words::listed;

#[wasm_bindgen]
extern "C" {
    /// Throws for some proxies.
    #[wasm_bindgen(catch, js_namespace = Object)]
    fn keys(object: &JsValue) -> Result<Array, JsValue>;
}

#[wasm_bindgen(raw_module = "../lib/member.js")]
extern "C" {
    /// Throws if a getter does.
    #[wasm_bindgen(catch)]
    fn member(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
}

/// An object of options whose names are all known. The values are checked when they are read.
pub(super) struct Members<'a> {
    argument: &'static str,
    object: &'a JsValue,
    names: &'static [&'static str],
}

impl<'a> Members<'a> {
    /// Checks that a value is an object, and that it has no members with unknown names.
    pub(super) fn of(
        argument: &'static str,
        object: &'a JsValue,
        names: &'static [&'static str],
    ) -> Result<Self, Invalid> {
        if !object.is_object() || object.is_function() || is_array(object) {
            return Err(Invalid::new(argument, format!("{argument} must be an object, got {}", describe(object))));
        }
        let members = Self { argument, object, names };
        let keys = keys(object).map_err(|_| Invalid::new(argument, format!("{argument} cannot be read")))?;
        for key in keys.iter() {
            let name = key.as_string().unwrap_or_default();
            if !names.contains(&name.as_str()) && !members.read(&name)?.is_undefined() {
                let path = members.path(&name);
                let what = format!("{} is not an option", quote(&path));
                return Err(Invalid::new(path, what).with_hint(["use ", &listed(names, ", ")].concat()));
            }
        }
        Ok(members)
    }

    /// Returns a member, or `undefined` if it is not given.
    pub(super) fn get(&self, name: &'static str) -> Result<JsValue, Invalid> {
        debug_assert!(self.names.contains(&name), "{name} would be refused as unknown");
        self.read(name)
    }

    /// Returns a member that has to be given.
    pub(super) fn required(&self, name: &'static str) -> Result<JsValue, Invalid> {
        let value = self.get(name)?;
        if value.is_undefined() { Err(Invalid::new(name, format!("{name} is missing"))) } else { Ok(value) }
    }

    /// Returns a member that is a string, if it is given.
    pub(super) fn text(&self, name: &'static str) -> Result<Option<String>, Invalid> {
        let value = self.get(name)?;
        if value.is_undefined() { Ok(None) } else { string(&self.path(name), &value).map(Some) }
    }

    /// Sets a number to a member that is a whole number, if it is given.
    pub(super) fn set(&self, target: &mut u32, name: &'static str, limit: &Limit) -> Result<(), Invalid> {
        let value = self.get(name)?;
        if !value.is_undefined() {
            let number = value.as_f64().and_then(|number| limit.check(number));
            *target = number.ok_or_else(|| limit.error(&describe(&value)))?;
        }
        Ok(())
    }

    /// Reads a member. An error that a getter throws is not repeated, since it may contain a secret.
    fn read(&self, name: &str) -> Result<JsValue, Invalid> {
        member(self.object, name).map_err(|_| {
            let path = self.path(name);
            let what = format!("{} cannot be read: its getter throws", quote(&path));
            Invalid::new(path, what)
        })
    }

    fn path(&self, name: &str) -> String {
        let name = without_tokens(name);
        if self.argument == "options" { name } else { format!("{}.{name}", self.argument) }
    }
}
