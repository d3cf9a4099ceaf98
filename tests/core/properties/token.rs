//! No token shows in anything that is printed, whether it was accepted or not.

use proptest::prelude::*;
use push_source_status::{
    AccessToken, AskId, Cause, Change, Failure, FailureKind, Input, MASK, Output, Policy, SourceId, StatusType,
};

use crate::driver::Driver;

/// Texts that are or could be tokens, with a part that no text of ours contains.
fn secrets() -> impl Strategy<Value = String> {
    let spoil = prop::sample::select(vec!["", "", "", "\n", "\r\n", " ", "é", "\0", "Bearer ", "bearer "]);
    (spoil.clone(), "[!-~]{0,10}", "Q7z[!-~]{9,20}", spoil)
        .prop_map(|(before, start, secret, after)| format!("{before}{start}{secret}{after}"))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 8192 && text.bytes().all(|byte| (0x21..=0x7e).contains(&byte))
}

/// Whether a part of the secret that is too long for chance stands in the text, also as Rust escapes it.
fn shows(text: &str, secret: &str) -> bool {
    let Some(start) = secret.find("Q7z") else { return false };
    let piece = &secret[start..start + 12];
    text.contains(piece) || text.contains(&piece.escape_debug().to_string())
}

fn change() -> Change {
    Change { source_id: SourceId::parse("source").unwrap(), status_type: StatusType::Rebuild }
}

/// All that a session with a token function prints: the token is refused, and the next one fails or is given.
fn printed(secret: &str, next: Result<&str, Option<Cause>>, status: u16) -> String {
    let mut driver = Driver::new(Policy::default(), None);
    let mut printed = String::new();
    let mut note = |outputs: Vec<Output>| printed.push_str(&format!("{outputs:?}"));
    note(driver.start(change(), None, 0));
    note(driver.hand(Input::Token { ask: AskId(1), answer: Ok(secret) }, 0));
    for answer in [401, status] {
        for (attempt, _) in driver.ledger.attempts().collect::<Vec<_>>() {
            note(driver.hand(Input::Head { attempt, http_status: answer, retry_after: None, date: None }, 0));
            let body = format!("{{\"errorCode\":{secret:?},\"message\":\"no {secret}\"}}");
            note(driver.hand(Input::Body { attempt, bytes: body.as_bytes() }, 0));
            note(driver.hand(Input::Released(attempt), 0));
        }
        note(driver.hand(Input::Token { ask: AskId(2), answer: next.clone() }, 0));
    }
    let cause = Some(Cause { name: secret.into(), message: format!("at {secret}"), code: Some(secret.into()) });
    for (attempt, _) in driver.ledger.attempts().collect::<Vec<_>>() {
        let failure = Failure { kind: FailureKind::Transport, cause: cause.clone(), host_hint: None };
        note(driver.hand(Input::Failed { attempt, failure }, 0));
    }
    while driver.ledger.unsettled().next().is_some() && driver.wait(0) {}
    format!("{printed} {driver:?}")
}

proptest! {
    #[test]
    fn a_token_is_visible_ascii_and_its_errors_do_not_repeat_it(secret in secrets()) {
        match AccessToken::parse(&secret) {
            Ok(token) => {
                prop_assert!(is_token(&secret));
                prop_assert_eq!(token.reveal(), &secret);
                prop_assert_eq!(format!("{token:?}"), format!("AccessToken({MASK})"));
                let text = token.redact(&format!("<{secret}>{secret}"));
                prop_assert!(!shows(&text, &secret), "{text}");
            }
            Err(error) => {
                prop_assert!(!is_token(&secret) || secret.to_lowercase().starts_with("bearer "));
                prop_assert!(!shows(&format!("{error} {error:?}"), &secret));
            }
        }
    }

    #[test]
    fn a_session_prints_no_token(
        secret in secrets(),
        status in prop::sample::select(vec![401_u16, 403, 429, 500]),
        next in 0..3_u8,
    ) {
        let cause = Cause { name: "Error".into(), message: format!("cannot renew {secret}"), code: Some(secret.clone()) };
        let next = match next {
            0 => Ok("another-good-token"),
            1 => Ok(secret.as_str()),
            _ => Err(Some(cause)),
        };
        let printed = printed(&secret, next, status);
        prop_assert!(!shows(&printed, &secret), "{printed}");
    }

    #[test]
    fn an_input_prints_no_token(secret in secrets()) {
        let input = Input::Token { ask: AskId(1), answer: Ok(&secret) };
        prop_assert!(!shows(&format!("{input:?}"), &secret));
    }
}
