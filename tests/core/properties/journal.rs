//! Examples of the writes to a journal.

use push_source_status::policy::JOURNAL_MS;
use push_source_status::{
    ActivityId, AttemptId, BulkId, CallId, Cause, Change, Dispatcher, Endpoint, EntryKind, Event, EventKind, Input,
    JournalEntry, Millis, Now, OrganizationId, Output, Policy, RequestTemplate, SourceId, StatusType, Terms, WriteId,
};

use crate::steps::{sends, token};

/// A client with a journal, and its clock.
struct Client {
    dispatcher: Dispatcher,
    now_ms: Millis,
}

impl Client {
    fn new(policy: Policy) -> Self {
        let template = RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("org").unwrap());
        Self { dispatcher: Dispatcher::new(template, policy, Some(token())).journaled(), now_ms: 0 }
    }

    fn now(&self) -> Now {
        Now { ms: self.now_ms, epoch_ms: self.now_ms, random: 0 }
    }

    fn set(&mut self, source: &str, status_type: StatusType) -> Vec<Output> {
        let change = Change { source_id: SourceId::parse(source).unwrap(), status_type };
        self.dispatcher.start(self.now(), change, None);
        self.dispatcher.poll()
    }

    fn begin(&mut self, source: &str, status: StatusType) -> Vec<Output> {
        let source = SourceId::parse(source).unwrap();
        self.dispatcher.begin(self.now(), &source.into(), status, Terms::default());
        self.dispatcher.poll()
    }

    fn hand(&mut self, input: Input<'_>) -> Vec<Output> {
        self.dispatcher.handle(self.now(), input);
        self.dispatcher.poll()
    }

    fn write(&mut self, write: u64) -> Vec<Output> {
        self.hand(Input::Journaled { write: WriteId(write), answer: Ok(()) })
    }

    fn answer(&mut self, attempt: u64, http_status: u16) -> Vec<Output> {
        let attempt = AttemptId(attempt);
        let mut outputs = self.hand(Input::Head { attempt, http_status, retry_after: None, date: None });
        outputs.extend(self.hand(Input::Body { attempt, bytes: b"{}" }));
        outputs.extend(self.hand(Input::Released(attempt)));
        outputs
    }
}

/// Returns the writes among outputs, as text.
fn told(outputs: &[Output]) -> Vec<String> {
    let line = |verb: &str, entries: &[JournalEntry]| {
        let entries = entries.iter().map(|JournalEntry { source_id, status_type, kind }| {
            format!(" {} {} {}", source_id.as_str(), status_type.as_str(), kind.as_str())
        });
        format!("{verb}{}", entries.collect::<String>())
    };
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Opened { entries, .. } => Some(line("opened", entries)),
            Output::Closed { entries, .. } => Some(line("closed", entries)),
            _ => None,
        })
        .collect()
}

const NOTHING: [&str; 0] = [];
const REBUILD: StatusType = StatusType::Rebuild;
const REFRESH: StatusType = StatusType::Refresh;
const IDLE: StatusType = StatusType::Idle;

#[test]
fn a_request_with_an_active_status_leaves_when_the_journal_has_written_its_source() {
    let mut client = Client::new(Policy::default());
    let outputs = client.set("a", REBUILD);
    assert_eq!(told(&outputs), ["opened a REBUILD call"]);
    assert!(!sends(&outputs));
    assert!(sends(&client.write(1)));
    assert_eq!(told(&client.answer(1, 201)), NOTHING);
    let outputs = client.set("a", IDLE);
    assert!(sends(&outputs) && told(&outputs).is_empty(), "{outputs:?}");
    assert_eq!(told(&client.answer(2, 201)), ["closed a REBUILD call"]);
    assert!(client.dispatcher.is_busy());
    client.write(2);
    assert!(!client.dispatcher.is_busy());
}

#[test]
fn entries_are_closed_only_if_nothing_was_applied() {
    let mut client = Client::new(Policy { attempts: 1, ..Policy::default() });
    client.set("a", REBUILD);
    client.write(1);
    assert_eq!(told(&client.answer(1, 403)), ["closed a REBUILD call"]);
    client.set("b", REBUILD);
    client.write(3);
    assert_eq!(told(&client.answer(2, 500)), NOTHING);
    // An IDLE that fails closes no entry.
    client.set("b", IDLE);
    assert_eq!(told(&client.answer(3, 403)), NOTHING);
}

#[test]
fn a_call_that_certainly_failed_restores_the_earlier_entry() {
    let mut client = Client::new(Policy::default());
    client.set("a", REBUILD);
    client.write(1);
    client.answer(1, 201);
    assert_eq!(told(&client.set("a", REFRESH)), ["opened a REFRESH call"]);
    client.write(2);
    assert_eq!(told(&client.answer(2, 403)), ["opened a REBUILD call"]);
    // The same entry is not written again.
    assert!(sends(&client.set("a", REBUILD)));
}

#[test]
fn an_activity_takes_precedence_over_a_call() {
    let mut client = Client::new(Policy::default());
    client.set("a", REFRESH);
    client.write(1);
    client.answer(1, 201);
    assert_eq!(told(&client.begin("a", REBUILD)), ["opened a REBUILD activity"]);
    client.write(2);
    client.answer(2, 201);
    // A call by the user does not change that.
    let outputs = client.set("a", StatusType::Incremental);
    assert!(sends(&outputs) && told(&outputs).is_empty(), "{outputs:?}");
    client.answer(3, 201);
    client.hand(Input::Finish(ActivityId(1)));
    assert_eq!(told(&client.answer(4, 201)), ["closed a REBUILD activity"]);
}

#[test]
fn an_idle_closes_the_entry_of_another_client() {
    let mut client = Client::new(Policy::default());
    client.set("a", IDLE);
    assert_eq!(told(&client.answer(1, 201)), ["closed a IDLE call"]);
}

#[test]
fn the_entries_of_a_bulk_are_written_together_up_to_the_concurrency() {
    let mut client = Client::new(Policy { concurrency: 2, ..Policy::default() });
    for source in ["a", "b", "c"] {
        let change = Change { source_id: SourceId::parse(source).unwrap(), status_type: REBUILD };
        client.dispatcher.start(client.now(), change, Some(BulkId(1)));
    }
    let outputs = client.dispatcher.poll();
    assert_eq!(told(&outputs), ["opened a REBUILD call b REBUILD call"]);
    let outputs = client.write(1);
    assert_eq!(outputs.iter().filter(|output| matches!(output, Output::Send { .. })).count(), 2);
    assert_eq!(told(&client.answer(1, 201)), ["opened c REBUILD call"]);
}

#[test]
fn a_journal_that_fails_or_is_late_is_reported_and_holds_nothing_back() {
    let mut client = Client::new(Policy::default());
    client.set("a", REBUILD);
    let cause = Cause { name: "Error".into(), message: "the disk is full".into(), code: Some("ENOSPC".into()) };
    let outputs = client.hand(Input::Journaled { write: WriteId(1), answer: Err(Some(cause.clone())) });
    assert!(sends(&outputs));
    assert_eq!(failures(&outputs), [(CallId(1), Some(cause))]);

    client.set("b", REBUILD);
    assert_eq!(client.dispatcher.wake_at(), Some(JOURNAL_MS));
    client.now_ms = JOURNAL_MS;
    let outputs = client.hand(Input::Timeout);
    assert!(sends(&outputs));
    let [(CallId(2), Some(cause))] = &failures(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!(cause.message, "the journal took more than 2000 ms");
    // A late answer changes nothing.
    assert_eq!(client.write(2), []);
}

#[test]
fn a_failure_of_the_journal_does_not_repeat_the_token() {
    let mut client = Client::new(Policy::default());
    client.set("a", REBUILD);
    let message = format!("cannot write {}", token().reveal());
    let cause = Cause { name: "Error".into(), message, code: None };
    let outputs = client.hand(Input::Journaled { write: WriteId(1), answer: Err(Some(cause)) });
    assert_eq!(failures(&outputs)[0].1.as_ref().unwrap().message, "cannot write ****");
}

#[test]
fn the_entry_of_a_call_that_is_cancelled_before_it_is_sent_is_closed() {
    let mut client = Client::new(Policy { concurrency: 1, ..Policy::default() });
    client.set("a", REBUILD);
    let outputs = client.hand(Input::Cancel(CallId(1)));
    assert_eq!(told(&outputs), ["closed a REBUILD call"]);
    assert_eq!(client.write(1), []);
    // Its slot is free again.
    assert_eq!(told(&client.set("b", REBUILD)), ["opened b REBUILD call"]);
}

#[test]
fn a_closed_client_is_drained_when_the_journal_is_written() {
    let mut client = Client::new(Policy::default());
    client.begin("a", REBUILD);
    client.write(1);
    client.answer(1, 201);
    client.hand(Input::Close);
    assert!(!client.answer(2, 201).contains(&Output::Drained));
    assert!(client.write(2).contains(&Output::Drained));
}

#[test]
fn without_a_journal_nothing_is_written() {
    let mut client = Client::new(Policy::default());
    let template = client.dispatcher.template().clone();
    client.dispatcher = Dispatcher::new(template, Policy::default(), Some(token()));
    let outputs = client.set("a", REBUILD);
    assert!(sends(&outputs) && told(&outputs).is_empty(), "{outputs:?}");
    client.answer(1, 201);
    client.set("a", IDLE);
    assert_eq!(told(&client.answer(2, 201)), NOTHING);
}

#[test]
fn the_kind_of_an_entry_is_one_of_two_words() {
    assert_eq!(EntryKind::ALL.map(EntryKind::as_str), ["activity", "call"]);
}

fn failures(outputs: &[Output]) -> Vec<(CallId, Option<Cause>)> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Emit(Event { call, kind: EventKind::JournalFailed(cause), .. }) => Some((*call, cause.clone())),
            _ => None,
        })
        .collect()
}
