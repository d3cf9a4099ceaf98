//! The names that stand for a host of the service: regions and environments.

use crate::invalid::Invalid;
use crate::words::{choose, words};

words! {
    /// The deployment region of an organization: US East, Canada, Ireland or Australia.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Region {
        /// US East.
        Us = "us",
        /// Canada.
        Ca = "ca",
        /// Ireland.
        Eu = "eu",
        /// Australia.
        Au = "au",
    }
}

impl Region {
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
    /// For anything but `us`, `ca`, `eu` and `au`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("region", text, Self::WORDS, &Self::ALL)
    }
}

words! {
    /// Which installation of the service: production, its HIPAA twin, which has no regions, or one of the vendor's own.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum Environment {
        /// The service itself.
        #[default]
        Production = "production",
        /// For organizations under HIPAA; it has no regions.
        Hipaa = "hipaa",
        /// Once called `qa`.
        Staging = "staging",
        /// The vendor's development environment.
        Development = "development",
    }
}

impl Environment {
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
    /// For anything but `production`, `hipaa`, `staging` and `development`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("environment", text, Self::WORDS, &Self::ALL).map_err(|error| {
            if text.eq_ignore_ascii_case("qa") { error.with_hint("qa is called staging now") } else { error }
        })
    }
}
