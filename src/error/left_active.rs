//! The errors of activities that left sources active.

use super::{Error, ErrorCode};

/// The beginning of the text of these errors.
const LEFT_ACTIVE: &str = "the source was left active: ";

impl Error {
    /// Turns the error of a closing `IDLE` into `left_active`. The command that sets `IDLE` becomes its hint.
    #[must_use]
    pub fn into_left_active(mut self, command: String) -> Self {
        self.0.code = ErrorCode::LeftActive;
        self.0.what = format!("{LEFT_ACTIVE}{}", self.0.what);
        self.0.hint = Some(command);
        self
    }

    /// Combines the errors of all sources that an activity left active. The hint has a line for each.
    pub(crate) fn all_left_active(mut errors: Vec<Self>) -> Option<Self> {
        if errors.len() < 2 {
            return errors.pop();
        }
        let mut one = Self::new(ErrorCode::LeftActive, format!("{} sources were left active", errors.len()));
        let mut hints = String::new();
        for Self(error) in &mut errors {
            let (comma, line_break) = if hints.is_empty() { (": ", "") } else { (", ", "\n") };
            let source = error.sites.first().map(|site| site.source_id.as_str()).unwrap_or_default();
            let reason = error.what.strip_prefix(LEFT_ACTIVE).unwrap_or_default();
            one.0.what.push_str(&[comma, source, " (", reason, ")"].concat());
            hints.push_str(&[line_break, error.hint.as_deref().unwrap_or_default()].concat());
            one.0.sites.append(&mut error.sites);
        }
        Some(one.with_hint(hints))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Answer, Outcome, Site};
    use crate::identifier::SourceId;
    use crate::status::StatusType;

    fn left_active(source: &str, attempts: u32, outcome: Outcome) -> Error {
        let source_id = SourceId::parse(source).unwrap();
        let site = Site { source_id, status_type: StatusType::Idle, host: "host".into(), attempts, outcome };
        let answer = Answer { http_status: Some(500), ..Answer::default() };
        let failure = Error::new(ErrorCode::Unavailable, "the service answered 500").with_answer(answer);
        failure.with_site(site).into_left_active(format!("repair {source}"))
    }

    #[test]
    fn one_source_that_is_left_active_is_the_site_of_its_error() {
        let error = Error::all_left_active(vec![left_active("a", 2, Outcome::Unknown)]).unwrap();
        assert_eq!((error.site().unwrap().source_id.as_str(), error.sources()), ("a", Vec::new()));
        assert_eq!((error.status_type(), error.attempts()), (Some(StatusType::Idle), 2));
        assert_eq!((error.outcome(), error.answer().http_status), (Outcome::Unknown, Some(500)));
        assert_eq!(
            error.to_string(),
            "the source was left active: the service answered 500: setting IDLE on source a at host, 2 attempts, it may \
             have been applied; repair a"
        );
    }

    #[test]
    fn several_sources_that_are_left_active_share_one_error_with_a_command_for_each() {
        let all = vec![left_active("a", 2, Outcome::NotApplied), left_active("b", 1, Outcome::Unknown)];
        let error = Error::all_left_active(all).unwrap();
        assert_eq!((error.code(), error.site()), (ErrorCode::LeftActive, None));
        assert_eq!(error.sources().iter().map(SourceId::as_str).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((error.status_type(), error.attempts()), (Some(StatusType::Idle), 3));
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(
            error.to_string(),
            "2 sources were left active: a (the service answered 500), b (the service answered 500); repair a\nrepair b"
        );
    }

    #[test]
    fn an_error_without_a_call_names_no_source() {
        let error = Error::new(ErrorCode::InvalidArgument, "no");
        assert_eq!((error.site(), error.sources(), error.status_type()), (None, Vec::new(), None));
        assert_eq!((error.attempts(), error.outcome()), (0, Outcome::NotApplied));
        assert_eq!(Error::all_left_active(Vec::new()), None);
    }
}
