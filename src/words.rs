//! Closed sets of words. Each word is spelled once, next to its variant.

use crate::invalid::Invalid;
use crate::quote::quote;

/// Declares an enum whose variants have the same spelling in Rust, JSON and TypeScript.
macro_rules! words {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$about_variant:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        #[cfg_attr(feature = "web", derive(tsify::Tsify))]
        $(#[$about])*
        pub enum $name {
            $($(#[$about_variant])* #[cfg_attr(feature = "web", serde(rename = $word))] $variant,)+
        }

        impl $name {
            /// All variants, in order.
            pub const ALL: [Self; Self::WORDS.len()] = [$(Self::$variant),+];

            pub(crate) const WORDS: &[&str] = &[$($word),+];

            /// Returns the word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                Self::WORDS[self as usize]
            }
        }

        #[cfg(feature = "web")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;

/// Finds the variant that a word spells. The error of any other word lists the valid ones.
pub(crate) fn choose<T: Copy>(
    argument: &'static str,
    text: &str,
    words: &[&str],
    variants: &[T],
) -> Result<T, Invalid> {
    place(argument, text, words).map(|place| variants[place])
}

/// Finds the position of a word among the valid ones.
fn place(argument: &'static str, text: &str, words: &[&str]) -> Result<usize, Invalid> {
    words.iter().position(|word| *word == text).ok_or_else(|| {
        let meant = words.iter().find(|word| word.eq_ignore_ascii_case(text.trim()));
        let valid = meant.map_or_else(|| listed(words, " or "), |meant| quote(meant));
        Invalid::new(argument, format!("{argument} {} is not known", quote(text))).with_hint(["use ", &valid].concat())
    })
}

/// Joins words into a list, with a word of its own before the last one: `one, two or three`.
pub(crate) fn listed(words: &[&str], before_last: &str) -> String {
    let mut list = String::new();
    for word in words {
        if !list.is_empty() {
            list.push_str(if Some(word) == words.last() { before_last } else { ", " });
        }
        list.push_str(word);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_gets_the_known_ones_as_the_hint() {
        let text = |word| place("flavour", word, &["sweet", "sour", "salty"]).unwrap_err().to_string();
        assert_eq!(text("bitter"), "flavour \"bitter\" is not known; use sweet, sour or salty");
        assert_eq!(text(" Sour"), "flavour \" Sour\" is not known; use \"sour\"");
        assert_eq!(place("flavour", "salty", &["sweet", "salty"]), Ok(1));
        assert_eq!(place("flavour", "sour", &["sweet"]).unwrap_err().hint(), Some("use sweet"));
    }
}
