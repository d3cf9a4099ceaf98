//! The members of an object of options.

use std::fmt;

use js_sys::{Array, Object, Reflect};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_wasm_bindgen::preserve;
use wasm_bindgen::prelude::*;

use super::thrown::describe;
use crate::error::{Error, quote};

/// The members of an object, as they are: whoever asks for one checks it.
///
/// All options are read by this one type, and declared for TypeScript where they are checked: a derived type for each
/// object would be a tenth of the WebAssembly module.
pub(super) struct Members {
    names: &'static [&'static str],
    values: Vec<JsValue>,
}

impl Members {
    /// Takes an object apart; a name that is not known is an error, and so is one that has to be there and is not.
    pub(super) fn read(
        argument: &'static str,
        object: &JsValue,
        names: &'static [&'static str],
        required: &[&'static str],
    ) -> Result<Self, Error> {
        check(argument, object, names, required)?;
        let values = Names(names)
            .deserialize(serde_wasm_bindgen::Deserializer::from(object.clone()))
            .map_err(|error| Error::invalid(argument, format!("{argument} cannot be read: {error}")))?;
        Ok(Self { names, values })
    }

    /// A member; `undefined` where it is not given.
    pub(super) fn get(&self, name: &str) -> JsValue {
        let index = self.names.iter().position(|known| *known == name);
        index.and_then(|index| self.values.get(index)).cloned().unwrap_or_default()
    }
}

fn check(
    argument: &'static str,
    object: &JsValue,
    names: &[&'static str],
    required: &[&'static str],
) -> Result<(), Error> {
    if !object.is_object() || object.is_function() || Array::is_array(object) {
        return Err(Error::invalid(argument, format!("{argument} must be an object, got {}", describe(object))));
    }
    let is_given = |name: &JsValue| Reflect::get(object, name).is_ok_and(|member| !member.is_undefined());
    for key in Object::keys(object.unchecked_ref::<Object>()).iter().filter(is_given) {
        let name = key.as_string().unwrap_or_default();
        if !names.contains(&name.as_str()) {
            let path = if argument == "options" { name } else { format!("{argument}.{name}") };
            let what = format!("{} is not an option", quote(&path));
            return Err(Error::invalid(path, what).with_hint(format!("use {}", names.join(", "))));
        }
    }
    if let Some(missing) = required.iter().copied().find(|&name| !is_given(&name.into())) {
        return Err(Error::invalid(missing, format!("{missing} is missing")));
    }
    Ok(())
}

/// Reads the members of these names, and of no others.
#[derive(Clone, Copy)]
struct Names(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Vec<JsValue>;

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<Self::Value, D::Error> {
        object.deserialize_struct("", self.0, self)
    }
}

impl<'de> Visitor<'de> for Names {
    type Value = Vec<JsValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![JsValue::UNDEFINED; self.0.len()];
        while let Some(index) = members.next_key_seed(Name(self))? {
            values[index] = members.next_value_seed(AsItIs)?;
        }
        Ok(values)
    }
}

/// Reads a name: which of the names it is.
struct Name(Names);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<usize, D::Error> {
        name.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<usize, E> {
        let Self(Names(names)) = self;
        names.iter().position(|name| *name == text).ok_or_else(|| E::custom(text))
    }
}

/// Reads a value without looking at it.
struct AsItIs;

impl<'de> DeserializeSeed<'de> for AsItIs {
    type Value = JsValue;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<JsValue, D::Error> {
        preserve::deserialize(value)
    }
}
