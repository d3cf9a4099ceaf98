//! The names that stand for a host of the service: regions and environments.

use crate::error::{Error, quote};

/// The deployment region of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// US East.
    Us,
    /// Canada.
    Ca,
    /// Ireland.
    Eu,
    /// Australia.
    Au,
}

impl Region {
    /// Every region.
    pub const ALL: [Self; 4] = [Self::Us, Self::Ca, Self::Eu, Self::Au];

    /// The region as options spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Ca => "ca",
            Self::Eu => "eu",
            Self::Au => "au",
        }
    }

    /// What the region adds to the name of a host; the first region adds nothing.
    pub(super) const fn host_suffix(self) -> &'static str {
        match self {
            Self::Us => "",
            Self::Ca => "-ca",
            Self::Eu => "-eu",
            Self::Au => "-au",
        }
    }

    /// Reads a region.
    ///
    /// # Errors
    /// `invalid_argument` for anything but `us`, `ca`, `eu` and `au`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        choice("region", text, &Self::ALL, Self::as_str, "us, ca, eu or au")
    }
}

/// Which installation of the service: production, its HIPAA twin, or one of the vendor's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Environment {
    /// The service itself.
    Production,
    /// For organizations under HIPAA; it has no regions.
    Hipaa,
    /// Once called `qa`.
    Staging,
    /// The vendor's development environment.
    Development,
}

impl Environment {
    const ALL: [Self; 4] = [Self::Production, Self::Hipaa, Self::Staging, Self::Development];

    /// The environment as options spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Hipaa => "hipaa",
            Self::Staging => "staging",
            Self::Development => "development",
        }
    }

    /// What the environment adds to the name of a host.
    pub(super) const fn host_infix(self) -> &'static str {
        match self {
            Self::Production => "",
            Self::Hipaa => "hipaa",
            Self::Staging => "stg",
            Self::Development => "dev",
        }
    }

    /// Reads an environment.
    ///
    /// # Errors
    /// `invalid_argument` for anything but `production`, `hipaa`, `staging` and `development`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let names = "production, hipaa, staging or development";
        choice("environment", text, &Self::ALL, Self::as_str, names).map_err(|error| {
            if text.eq_ignore_ascii_case("qa") { error.with_hint("qa is called staging now") } else { error }
        })
    }
}

/// Reads one of a few names, and says which there are when it is none of them.
fn choice<T: Copy>(
    argument: &'static str,
    text: &str,
    all: &[T],
    name: fn(T) -> &'static str,
    names: &str,
) -> Result<T, Error> {
    all.iter().copied().find(|&value| name(value) == text).ok_or_else(|| {
        let meant = all.iter().copied().map(name).find(|name| name.eq_ignore_ascii_case(text.trim()));
        let hint = meant.map_or_else(|| format!("use {names}"), |meant| format!("use {}", quote(meant)));
        Error::invalid(argument, format!("{argument} {} is not known", quote(text))).with_hint(hint)
    })
}
