//! The meaning of an answer of the service. Only the HTTP status decides, never the body.

mod error_body;
mod json;

pub use error_body::{ErrorBody, MAX_BODY_BYTES};

use crate::error::{ErrorCode, Outcome};
use crate::verdict::Verdict;

/// The status that stands for a redirect that a browser hides (`opaqueredirect`).
pub const HIDDEN_REDIRECT: u16 = 0;

/// Returns the verdict on an HTTP status.
#[must_use]
pub const fn judge(http_status: u16) -> Verdict {
    match http_status {
        200..=299 => Verdict::Done,
        401 => Verdict::AskAgain,
        429 | 503 => Verdict::NotApplied,
        HIDDEN_REDIRECT | 300..=399 | 400..=407 | 409..=499 | 501 | 505 => Verdict::Final(Outcome::NotApplied),
        // 408, every other 5xx, and numbers that are not a final HTTP status at all.
        _ => Verdict::Unknown,
    }
}

/// Returns the error code for an HTTP status that is not a success.
#[must_use]
pub const fn error_code(http_status: u16) -> ErrorCode {
    match http_status {
        401 => ErrorCode::Unauthenticated,
        403 => ErrorCode::Forbidden,
        404 => ErrorCode::NotFound,
        429 => ErrorCode::Throttled,
        HIDDEN_REDIRECT | 300..=399 => ErrorCode::Redirected,
        400..=407 | 409..=499 | 501 | 505 => ErrorCode::Rejected,
        _ => ErrorCode::Unavailable,
    }
}

/// Returns one thing that the user can do about an answer, if there is one.
#[must_use]
pub fn hint(http_status: u16, service_code: Option<&str>) -> Option<&'static str> {
    match (http_status, service_code) {
        (_, Some("ORGANIZATION_IS_PAUSED")) => Some("reactivate the organization in the administration console"),
        (_, Some("INVALID_JSON")) => Some("something between here and the service changed the request's body"),
        (401, _) => Some("get a fresh token or a new key"),
        (403, _) => Some("give the key the privilege to push to sources"),
        (404, _) => Some("check the organization, the source and the region"),
        (412, _) => Some("check that the source is a Push source"),
        (429, _) => Some("wait, then try again"),
        (HIDDEN_REDIRECT | 300..=399, _) => Some("check the endpoint: redirects are never followed"),
        (408 | 500 | 502..=504 | 506..=599, _) => Some("try again later"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_verdict() {
        let not_applied = Verdict::Final(Outcome::NotApplied);
        let cases = [
            (&[200, 201, 204, 299][..], Verdict::Done),
            (&[401], Verdict::AskAgain),
            (&[429, 503], Verdict::NotApplied),
            (&[408, 500, 502, 504, 506, 507, 520, 599, 100, 101, 600, 999], Verdict::Unknown),
            (
                &[0, 300, 301, 302, 303, 304, 307, 308, 400, 403, 404, 409, 412, 415, 418, 422, 499, 501, 505],
                not_applied,
            ),
        ];
        for (statuses, verdict) in cases {
            for &status in statuses {
                assert_eq!(judge(status), verdict, "{status}");
            }
        }
    }

    #[test]
    fn each_status_has_its_kind_of_error() {
        let cases = [
            (&[401][..], ErrorCode::Unauthenticated),
            (&[403], ErrorCode::Forbidden),
            (&[404], ErrorCode::NotFound),
            (&[429], ErrorCode::Throttled),
            (&[HIDDEN_REDIRECT, 300, 302, 399], ErrorCode::Redirected),
            (&[400, 402, 405, 407, 409, 412, 415, 499, 501, 505], ErrorCode::Rejected),
            (&[408, 500, 502, 503, 504, 506, 599, 100, 600], ErrorCode::Unavailable),
        ];
        for (statuses, code) in cases {
            for &status in statuses {
                assert_eq!(error_code(status), code, "{status}");
            }
        }
    }

    #[test]
    fn a_hint_is_given_where_one_is_known() {
        let cases = [
            (400, Some("ORGANIZATION_IS_PAUSED"), Some("reactivate the organization in the administration console")),
            (400, Some("INVALID_JSON"), Some("something between here and the service changed the request's body")),
            (401, None, Some("get a fresh token or a new key")),
            (403, Some("ACCESS_DENIED"), Some("give the key the privilege to push to sources")),
            (404, None, Some("check the organization, the source and the region")),
            (412, None, Some("check that the source is a Push source")),
            (429, None, Some("wait, then try again")),
            (HIDDEN_REDIRECT, None, Some("check the endpoint: redirects are never followed")),
            (301, None, Some("check the endpoint: redirects are never followed")),
            (408, None, Some("try again later")),
            (500, None, Some("try again later")),
            (503, Some("ANYTHING"), Some("try again later")),
            (599, None, Some("try again later")),
            (400, None, None),
            (501, None, None),
            (505, None, None),
        ];
        for (status, service_code, expected) in cases {
            assert_eq!(hint(status, service_code), expected, "{status}");
        }
    }
}
