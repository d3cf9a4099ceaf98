//! No token appears in anything that is printed, whether it was accepted or not.

use proptest::prelude::*;
use push_source_status::{
    AccessToken, AskId, AttemptId, Cause, Change, Failure, FailureKind, HeldTokens, Input, MASK, Output, Policy,
    SourceId, StatusType,
};

use serde_json::json;

use crate::driver::Driver;
use crate::property::properties;

/// Texts that are or could be tokens, with a part that appears in no text of this crate.
fn secrets() -> impl Strategy<Value = String> {
    let spoil = prop::sample::select(vec!["", "", "", "\n", "\r\n", " ", "é", "\0", "Bearer ", "bearer "]);
    (spoil.clone(), "[!-~]{0,10}", "Q7z[!-~]{9,20}", spoil)
        .prop_map(|(before, start, secret, after)| format!("{before}{start}{secret}{after}"))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 8192 && text.bytes().all(|byte| (0x21..=0x7e).contains(&byte))
}

/// Returns whether a text contains a part of the secret that is too long for chance, as it is or escaped by Rust.
fn shows(text: &str, secret: &str) -> bool {
    let Some(start) = secret.find("Q7z") else { return false };
    let piece = &secret[start..start + 12];
    text.contains(piece) || text.contains(&piece.escape_debug().to_string())
}

fn change() -> Change {
    Change { source_id: SourceId::parse("source").unwrap(), status_type: StatusType::Rebuild }
}

/// Returns everything that a session with a token function prints. The first token is refused, the next one is given or
/// not, and every text from outside repeats a token.
fn printed(secret: &str, next: &Result<&str, Option<Cause>>, status: u16) -> String {
    let mut driver = Driver::new(Policy::default(), None);
    let mut outputs = driver.start(change(), None, 0);
    outputs.extend(driver.hand(Input::Token { ask: AskId(1), answer: Ok(secret) }, 0));
    for http_status in [401, status] {
        for (attempt, token) in sent(&outputs) {
            let body = json!({ "errorCode": token, "message": format!("no {token}") }).to_string();
            outputs.extend(driver.hand(Input::Head { attempt, http_status, retry_after: None, date: None }, 0));
            outputs.extend(driver.hand(Input::Body { attempt, bytes: body.as_bytes() }, 0));
            outputs.extend(driver.hand(Input::Released(attempt), 0));
        }
        outputs.extend(driver.hand(Input::Token { ask: AskId(2), answer: next.clone() }, 0));
    }
    for _ in 0..5 {
        let Some(wake) = driver.wake else { break };
        driver.now = wake;
        outputs.extend(driver.hand(Input::Timeout, 0));
        for (attempt, token) in sent(&outputs) {
            let cause = Cause { name: token.clone(), message: format!("at {token}"), code: Some(token) };
            let failure = Failure { kind: FailureKind::Transport, cause: Some(cause), host_hint: None };
            outputs.extend(driver.hand(Input::Failed { attempt, failure }, 0));
        }
    }
    format!("{outputs:?} {driver:?}")
}

/// Returns the requests that were sent, with their tokens.
fn sent(outputs: &[Output]) -> Vec<(AttemptId, String)> {
    let sent = outputs.iter().filter_map(|output| match output {
        Output::Send { attempt, token, .. } => Some((*attempt, token.reveal().to_owned())),
        _ => None,
    });
    sent.collect()
}

properties! {
    times 4;

    fn a_token_is_visible_ascii_and_its_errors_do_not_repeat_it(secret in secrets()) {
        match AccessToken::parse(&secret) {
            Ok(token) => {
                prop_assert!(is_token(&secret));
                prop_assert_eq!(token.reveal(), &secret);
                prop_assert_eq!(format!("{token:?}"), format!("AccessToken({MASK})"));
                let text = HeldTokens::from(token).redact(&format!("<{secret}>{secret}"));
                prop_assert!(!shows(&text, &secret), "{text}");
            }
            Err(error) => {
                prop_assert!(!is_token(&secret) || secret.to_lowercase().starts_with("bearer "));
                let printed = format!("{error} {error:?}");
                prop_assert!(!shows(&printed, &secret), "{}", printed);
            }
        }
    }

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
        let printed = printed(&secret, &next, status);
        prop_assert!(!shows(&printed, &secret), "{printed}");
    }

    fn an_input_prints_no_token(secret in secrets()) {
        let input = Input::Token { ask: AskId(1), answer: Ok(&secret) };
        let printed = format!("{input:?}");
        prop_assert!(!shows(&printed, &secret), "{}", printed);
    }
}
