//! Counts the instructions that the core takes to build a request, to judge a reply, to make one call of an otherwise
//! idle client, and to take one step while 1, 1,000 and 100,000 calls wait.

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use push_source_status::{
    AccessToken, AttemptId, BulkId, CallId, Change, Dispatcher, Endpoint, ErrorBody, Input, Now, OrganizationId,
    Policy, RequestTemplate, SourceId, StatusType, Verdict, judge,
};

const NOW: Now = Now { ms: 0, epoch_ms: 0, random: 0 };

fn template() -> RequestTemplate {
    RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("my-organization").unwrap())
}

fn change(number: u32) -> Change {
    Change { source_id: SourceId::parse(&format!("source-{number}")).unwrap(), status_type: StatusType::Rebuild }
}

fn token() -> AccessToken {
    AccessToken::parse("my-token").unwrap()
}

/// Returns a client with this many waiting calls and with no outputs left.
fn waiting(calls: u32) -> Dispatcher {
    let mut dispatcher = Dispatcher::new(template(), Policy::default(), Some(token()));
    for number in 0..calls + Policy::default().concurrency {
        dispatcher.start(NOW, change(number), Some(BulkId(1)));
    }
    drain(&mut dispatcher);
    dispatcher
}

fn drain(dispatcher: &mut Dispatcher) {
    black_box(dispatcher.poll());
    black_box(dispatcher.wake_at());
}

#[library_benchmark]
#[bench::url(args = (1), setup = change)]
fn build_a_request(change: Change) -> String {
    black_box(template()).url(&change.source_id, change.status_type)
}

#[library_benchmark]
#[bench::forbidden(token())]
fn judge_a_reply(token: AccessToken) -> (Verdict, ErrorBody) {
    let body = br#"{"errorCode":"ACCESS_DENIED","message":"the token lacks a privilege","requestID":"1"}"#;
    (judge(black_box(403)), ErrorBody::parse(black_box(body), &token.into()))
}

/// Returns a client that has made a call before.
fn idle(is_observed: bool) -> Dispatcher {
    let dispatcher = Dispatcher::new(template(), Policy::default(), Some(token()));
    let mut dispatcher = if is_observed { dispatcher } else { dispatcher.unobserved() };
    call(&mut dispatcher, AttemptId(1), change(0));
    dispatcher
}

/// Makes one call, from its start to the release of its connection.
fn call(dispatcher: &mut Dispatcher, attempt: AttemptId, change: Change) {
    dispatcher.start(NOW, change, None);
    drain(dispatcher);
    dispatcher.handle(NOW, Input::Head { attempt, http_status: 201, retry_after: None, date: None });
    drain(dispatcher);
    dispatcher.handle(NOW, Input::Released(attempt));
    drain(dispatcher);
}

#[library_benchmark]
#[bench::observed(idle(true), change(0))]
#[bench::unobserved(idle(false), change(0))]
fn set_a_status(mut dispatcher: Dispatcher, change: Change) -> Dispatcher {
    call(&mut dispatcher, AttemptId(2), change);
    dispatcher
}

// Counts from the head of an answer to the next request that is sent.
#[library_benchmark]
#[bench::with_1_waiting(args = (1), setup = waiting)]
#[bench::with_1_000_waiting(args = (1_000), setup = waiting)]
#[bench::with_100_000_waiting(args = (100_000), setup = waiting)]
fn answer_a_call(mut dispatcher: Dispatcher) -> Dispatcher {
    let attempt = AttemptId(1);
    dispatcher.handle(NOW, Input::Head { attempt, http_status: 201, retry_after: None, date: None });
    dispatcher.handle(NOW, Input::Released(attempt));
    drain(&mut dispatcher);
    dispatcher
}

#[library_benchmark]
#[bench::with_1_waiting(args = (1), setup = waiting)]
#[bench::with_1_000_waiting(args = (1_000), setup = waiting)]
#[bench::with_100_000_waiting(args = (100_000), setup = waiting)]
fn make_a_call(mut dispatcher: Dispatcher) -> Dispatcher {
    dispatcher.start(NOW, change(u32::MAX), None);
    drain(&mut dispatcher);
    dispatcher
}

#[library_benchmark]
#[bench::with_1_waiting(args = (1), setup = waiting)]
#[bench::with_1_000_waiting(args = (1_000), setup = waiting)]
#[bench::with_100_000_waiting(args = (100_000), setup = waiting)]
fn take_a_waiting_call_back(mut dispatcher: Dispatcher) -> Dispatcher {
    dispatcher.handle(NOW, Input::Cancel(CallId(9)));
    drain(&mut dispatcher);
    dispatcher
}

library_benchmark_group!(
    name = core,
    benchmarks = [build_a_request, judge_a_reply, set_a_status, answer_a_call, make_a_call, take_a_waiting_call_back]
);

main!(library_benchmark_groups = core);
