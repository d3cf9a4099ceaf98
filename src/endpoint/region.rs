//! The regions and environments of the service, and the names of their hosts.

use crate::invalid::Invalid;
use crate::words::{choose, words};

words! {
    /// The deployment region of an organization: `us` (US East), `ca` (Canada), `eu` (Ireland) or `au` (Australia).
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
    /// Returns the region's part of a host name. The first region has none.
    pub(super) const fn host_suffix(self) -> &'static str {
        match self {
            Self::Us => "",
            Self::Ca => "-ca",
            Self::Eu => "-eu",
            Self::Au => "-au",
        }
    }

    /// Parses a region.
    ///
    /// # Errors
    /// Anything but `us`, `ca`, `eu` and `au` is an error.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("region", text, Self::WORDS, &Self::ALL)
    }
}

words! {
    /// An installation of the service: `production`; `hipaa` for organizations under HIPAA, without regions; or the
    /// vendor's own `staging` and `development`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub enum Environment {
        /// The service itself.
        #[default]
        Production = "production",
        /// The service for organizations under HIPAA. It has no regions.
        Hipaa = "hipaa",
        /// The vendor's staging environment, once called `qa`.
        Staging = "staging",
        /// The vendor's development environment.
        Development = "development",
    }
}

impl Environment {
    /// Returns the environment's part of a host name.
    pub(super) const fn host_infix(self) -> &'static str {
        match self {
            Self::Production => "",
            Self::Hipaa => "hipaa",
            Self::Staging => "stg",
            Self::Development => "dev",
        }
    }

    /// Parses an environment.
    ///
    /// # Errors
    /// Anything but `production`, `hipaa`, `staging` and `development` is an error.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        choose("environment", text, Self::WORDS, &Self::ALL).map_err(|error| {
            if text.eq_ignore_ascii_case("qa") { error.with_hint("qa is called staging now") } else { error }
        })
    }
}
