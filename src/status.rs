//! The four statuses of a Push source. No other file lists them.

use crate::invalid::Invalid;
use crate::quote::quote;
use crate::words::words;

words! {
    /// A status of a Push source, as the API spells it.
    ///
    /// The administration console uses other names: its "Refresh" is `INCREMENTAL`, and its "Rescan" is `REFRESH`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum StatusType {
        /// The whole content of the source is being indexed again.
        Rebuild = "REBUILD",
        /// The content is being scanned, and only differences are pushed.
        Refresh = "REFRESH",
        /// A known delta is being pushed, without a scan.
        Incremental = "INCREMENTAL",
        /// No push operations are under way.
        Idle = "IDLE",
    }
}

words! {
    /// The typical resource cost of the push operations that a status stands for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Cost {
        /// The whole content is indexed again.
        High = "high",
        /// The content is scanned.
        Moderate = "moderate",
        /// Only a delta is pushed.
        Low = "low",
    }
}

/// A row of the status table: a status, its name in the console, its cost, and when to set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "web",
    derive(serde::Serialize, tsify::Tsify),
    serde(rename_all = "camelCase"),
    tsify(missing_as_null)
)]
pub struct StatusInfo {
    /// The status as the API spells it.
    pub status_type: StatusType,
    /// The name of the status in the administration console: `REFRESH` is "Rescan" there, and `INCREMENTAL` is
    /// "Refresh".
    pub console_name: &'static str,
    /// The typical resource cost of the push operations; `null` for `IDLE`.
    pub cost: Option<Cost>,
    /// When to set the source to this status.
    pub set_when: &'static str,
}

const TABLE: [StatusInfo; 4] = [
    StatusInfo {
        status_type: StatusType::Rebuild,
        console_name: "Rebuild",
        cost: Some(Cost::High),
        set_when: "before re-indexing the entire content of the source",
    },
    StatusInfo {
        status_type: StatusType::Refresh,
        console_name: "Rescan",
        cost: Some(Cost::Moderate),
        set_when: "before scanning the source's content and pushing only what is new, modified or deleted",
    },
    StatusInfo {
        status_type: StatusType::Incremental,
        console_name: "Refresh",
        cost: Some(Cost::Low),
        set_when: "before pushing a delta that the indexed system itself reports, without a scan",
    },
    StatusInfo {
        status_type: StatusType::Idle,
        console_name: "Ready to receive items",
        cost: None,
        set_when: "when the push operations are done",
    },
];

impl StatusType {
    /// Returns the row of the status table.
    #[must_use]
    pub const fn info(self) -> &'static StatusInfo {
        &TABLE[self as usize]
    }

    /// Returns whether this is any status but `IDLE`.
    #[must_use]
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Idle)
    }

    /// Parses an active status: any but `IDLE`.
    ///
    /// # Errors
    /// `IDLE` is an error, and so is everything that [`StatusType::parse`] refuses.
    pub fn parse_active(text: &str) -> Result<Self, Invalid> {
        let status = Self::parse(text)?;
        if status.is_active() {
            return Ok(status);
        }
        let what = format!("statusType {} is not an active status", quote(text));
        let hint = "use REBUILD, REFRESH or INCREMENTAL; IDLE is set when the activity ends";
        Err(Invalid::new("statusType", what).with_hint(hint))
    }

    /// Parses a status in exactly the spelling of the API.
    ///
    /// # Errors
    /// Any other spelling is an error. Its hint names the status that was probably meant, since the Push API, the
    /// console and the platform's own API use three vocabularies, in which "refresh" has two meanings.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| {
            let error = Invalid::new("statusType", format!("statusType {} is not a status type", quote(text)));
            error.with_hint(meant_by(text).unwrap_or("use REBUILD, REFRESH, INCREMENTAL or IDLE"))
        })
    }
}

/// Returns a hint for a word of another vocabulary or in another spelling.
fn meant_by(text: &str) -> Option<&'static str> {
    let letter = |letter| if matches!(letter, ' ' | '-') { '_' } else { letter.to_ascii_uppercase() };
    let word: String = text.trim().chars().map(letter).collect();
    Some(match word.as_str() {
        // "REFRESH" itself is valid and never gets here. "Refresh" is how the console writes it, and misleads.
        "REFRESH" => "the console's Refresh is INCREMENTAL, and its Rescan is REFRESH",
        "RESCAN" => "the console's Rescan is REFRESH",
        "FULL_REFRESH" => "the platform API's FULL_REFRESH is REFRESH",
        "INCREMENTAL_REFRESH" => "the platform API's INCREMENTAL_REFRESH is INCREMENTAL",
        "PUSH_READY" => "the platform API's PUSH_READY is IDLE",
        "READY" | "READY_TO_RECEIVE_ITEMS" | "READY_TO_RECEIVE_CONTENT" => {
            "the console's \"Ready to receive items\" is IDLE"
        }
        "REBUILD" => "status types are spelled in capitals, without spaces: REBUILD",
        "INCREMENTAL" => "status types are spelled in capitals, without spaces: INCREMENTAL",
        "IDLE" => "status types are spelled in capitals, without spaces: IDLE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_statuses() {
        for status in StatusType::ALL {
            assert_eq!(status.info().status_type, status);
        }
    }

    #[test]
    fn a_word_of_another_vocabulary_gets_its_meaning_as_the_hint() {
        let text = |word| StatusType::parse(word).unwrap_err().to_string();
        assert_eq!(text("Rescan"), "statusType \"Rescan\" is not a status type; the console's Rescan is REFRESH");
        assert_eq!(
            text("Refresh"),
            "statusType \"Refresh\" is not a status type; the console's Refresh is INCREMENTAL, and its Rescan is REFRESH"
        );
        assert_eq!(
            text("IDLE "),
            "statusType \"IDLE \" is not a status type; status types are spelled in capitals, without spaces: IDLE"
        );
        assert_eq!(
            text("full-refresh"),
            "statusType \"full-refresh\" is not a status type; the platform API's FULL_REFRESH is REFRESH"
        );
        assert_eq!(
            text("INCREMENTAL_REFRESH"),
            "statusType \"INCREMENTAL_REFRESH\" is not a status type; \
             the platform API's INCREMENTAL_REFRESH is INCREMENTAL"
        );
        assert_eq!(
            text("PUSH_READY"),
            "statusType \"PUSH_READY\" is not a status type; the platform API's PUSH_READY is IDLE"
        );
        for ready in ["Ready", "Ready to receive items", "ready-to-receive-content"] {
            assert_eq!(
                text(ready),
                format!(
                    "statusType \"{ready}\" is not a status type; the console's \"Ready to receive items\" is IDLE"
                )
            );
        }
        for status in ["rebuild", "Incremental"] {
            let capitals = status.to_uppercase();
            assert_eq!(
                text(status),
                format!(
                    "statusType \"{status}\" is not a status type; \
                     status types are spelled in capitals, without spaces: {capitals}"
                )
            );
        }
        assert_eq!(text("FOO"), "statusType \"FOO\" is not a status type; use REBUILD, REFRESH, INCREMENTAL or IDLE");
    }

    #[test]
    fn every_status_but_idle_is_active() {
        assert_eq!(StatusType::ALL.map(StatusType::is_active), [true, true, true, false]);
        assert_eq!(StatusType::parse_active("REFRESH"), Ok(StatusType::Refresh));
        assert_eq!(
            StatusType::parse_active("IDLE").unwrap_err().to_string(),
            "statusType \"IDLE\" is not an active status; \
             use REBUILD, REFRESH or INCREMENTAL; IDLE is set when the activity ends"
        );
    }
}
