//! Examples of activities on several sources.

use push_source_status::{
    ActivityEnd, ActivityId, AttemptId, Dispatcher, Endpoint, Error, ErrorCode, Failure, Input, Interruption, Now,
    OnActivationFailure, OrganizationId, Output, Policy, RequestTemplate, SourceId, SourceIds, StatusType, Terms,
};

use crate::steps::token;

const NOW: Now = Now { ms: 0, epoch_ms: 0, random: 0 };

struct Client(Dispatcher);

impl Client {
    fn new(policy: Policy) -> Self {
        let template = RequestTemplate::new(&Endpoint::default(), &OrganizationId::parse("org").unwrap());
        Self(Dispatcher::new(template, policy, Some(token())).unobserved())
    }

    fn begin(
        &mut self,
        sources: &[&str],
        status: StatusType,
        on_activation_failure: OnActivationFailure,
    ) -> Vec<Output> {
        let sources = SourceIds::new(sources.iter().map(|id| SourceId::parse(id).unwrap()).collect()).unwrap();
        self.0.begin(NOW, &sources, status, Terms { on_activation_failure, grace_ms: None });
        self.0.poll()
    }

    fn hand(&mut self, input: Input<'_>) -> Vec<Output> {
        self.0.handle(NOW, input);
        self.0.poll()
    }

    /// Answers an attempt, and releases its connection.
    fn answer(&mut self, attempt: u64, http_status: u16) -> Vec<Output> {
        let attempt = AttemptId(attempt);
        let mut outputs = self.hand(Input::Head { attempt, http_status, retry_after: None, date: None });
        outputs.extend(self.hand(Input::Body { attempt, bytes: b"{}" }));
        outputs.extend(self.hand(Input::Released(attempt)));
        outputs
    }
}

/// Returns the source and the status of each request that is sent.
fn sent(outputs: &[Output]) -> Vec<String> {
    let urls = outputs.iter().filter_map(|output| if let Output::Send { url, .. } = output { Some(url) } else { None });
    urls.map(|url| {
        let (source, status) = url.split_once("/sources/").unwrap().1.split_once("/status?statusType=").unwrap();
        format!("{source} {status}")
    })
    .collect()
}

fn started(outputs: &[Output]) -> Vec<(u64, Vec<&str>)> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::StartWork { activity, inactive } => {
                Some((activity.0, inactive.iter().map(SourceId::as_str).collect()))
            }
            _ => None,
        })
        .collect()
}

fn ended(outputs: &[Output]) -> Vec<(u64, &ActivityEnd)> {
    outputs
        .iter()
        .filter_map(
            |output| if let Output::EndActivity(activity, end) = output { Some((activity.0, end)) } else { None },
        )
        .collect()
}

fn failure(end: &ActivityEnd) -> &Error {
    let Some(Interruption::Failed(error)) = &end.interruption else { panic!("{end:?}") };
    error
}

const REBUILD: StatusType = StatusType::Rebuild;
const STOP: OnActivationFailure = OnActivationFailure::Stop;

#[test]
fn the_work_starts_when_all_are_active_and_ends_with_idle_for_all() {
    let mut client = Client::new(Policy::default());
    assert_eq!(sent(&client.begin(&["b", "a"], REBUILD, STOP)), ["b REBUILD", "a REBUILD"]);
    assert_eq!(started(&client.answer(1, 201)), []);
    assert_eq!(started(&client.answer(2, 201)), [(1, vec![])]);
    assert_eq!(sent(&client.hand(Input::Finish(ActivityId(1)))), ["a IDLE", "b IDLE"]);
    assert!(ended(&client.answer(3, 201)).is_empty());
    let outputs = client.answer(4, 201);
    assert_eq!(ended(&outputs), [(1, &ActivityEnd { interruption: None, left_active: None })]);
    assert!(!client.0.is_busy());
}

#[test]
fn if_one_source_fails_those_that_may_be_active_are_closed() {
    let mut client = Client::new(Policy { attempts: 1, ..Policy::default() });
    client.begin(&["refused", "lost", "active"], REBUILD, STOP);
    client.answer(3, 201);
    assert_eq!(sent(&client.answer(1, 403)), ["active IDLE"]);
    // The one in flight may be applied. Its source is closed too, once its connection is released.
    let failure_of_lost = Input::Failed { attempt: AttemptId(2), failure: Failure::default() };
    assert_eq!(sent(&client.hand(failure_of_lost)), ["lost IDLE"]);
    assert!(ended(&client.answer(4, 201)).is_empty());
    let outputs = client.answer(5, 201);
    let [(1, end)] = ended(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!(failure(end).code(), ErrorCode::Forbidden);
    assert_eq!(failure(end).site().unwrap().source_id.as_str(), "refused");
    assert_eq!(end.left_active, None);
}

#[test]
fn nothing_is_sent_if_one_source_is_busy() {
    let mut client = Client::new(Policy::default());
    client.begin(&["b"], REBUILD, STOP);
    let outputs = client.begin(&["a", "b", "c"], StatusType::Refresh, STOP);
    assert_eq!(sent(&outputs), [""; 0]);
    let [(2, end)] = ended(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!((failure(end).code(), failure(end).active_status()), (ErrorCode::Busy, Some(REBUILD)));
    assert_eq!(failure(end).site().unwrap().source_id.as_str(), "b");
}

#[test]
fn work_that_continues_learns_which_sources_are_inactive() {
    let mut client = Client::new(Policy { attempts: 1, ..Policy::default() });
    client.begin(&["unsure", "active", "throttled"], REBUILD, OnActivationFailure::Continue);
    client.answer(1, 500);
    client.answer(2, 201);
    assert_eq!(started(&client.answer(3, 429)), [(1, vec!["unsure", "throttled"])]);
    // A source to which certainly nothing was applied gets no IDLE.
    client.0.handle(Now { ms: 60_000, ..NOW }, Input::Finish(ActivityId(1)));
    assert_eq!(sent(&client.0.poll()), ["active IDLE"]);
}

#[test]
fn a_source_of_another_activity_is_left_to_it_without_waiting() {
    let mut client = Client::new(Policy::default());
    client.begin(&["a", "shared"], REBUILD, STOP);
    client.begin(&["shared", "b"], REBUILD, STOP);
    for attempt in 1..=3 {
        client.answer(attempt, 201);
    }
    assert_eq!(sent(&client.hand(Input::Finish(ActivityId(1)))), ["a IDLE"]);
    assert_eq!(ended(&client.answer(4, 201)).len(), 1);
    assert_eq!(sent(&client.hand(Input::Finish(ActivityId(2)))), ["b IDLE", "shared IDLE"]);
}

#[test]
fn a_source_that_turns_out_to_be_busy_cancels_the_others() {
    let mut client = Client::new(Policy::default());
    client.begin(&["a"], REBUILD, STOP);
    client.answer(1, 201);
    client.hand(Input::Finish(ActivityId(1)));
    // Both wait until the source is closed. The first one gets it, and the other one has a different status.
    client.begin(&["a"], REBUILD, STOP);
    assert_eq!(sent(&client.begin(&["b", "a"], StatusType::Refresh, STOP)), ["b REFRESH"]);
    client.answer(3, 201);
    let outputs = client.answer(2, 201);
    assert_eq!(sent(&outputs), ["b IDLE", "a REBUILD"]);
    let outputs = client.answer(4, 201);
    let [(3, end)] = ended(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!(failure(end).code(), ErrorCode::Busy);
    assert_eq!(failure(end).site().unwrap().source_id.as_str(), "a");
}

#[test]
fn all_sources_that_stay_active_are_in_one_error() {
    let mut client = Client::new(Policy::default());
    client.begin(&["a", "b", "c"], REBUILD, STOP);
    for attempt in 1..=3 {
        client.answer(attempt, 201);
    }
    client.hand(Input::Finish(ActivityId(1)));
    client.answer(4, 403);
    client.answer(5, 201);
    let outputs = client.answer(6, 404);
    let [(1, end)] = ended(&outputs)[..] else { panic!("{outputs:?}") };
    let left_active = end.left_active.as_ref().unwrap();
    assert_eq!(left_active.sources().iter().map(SourceId::as_str).collect::<Vec<_>>(), ["a", "c"]);
    assert_eq!(left_active.hint().unwrap().lines().count(), 2);
    assert_eq!(end.interruption, None);
}

#[test]
fn closing_the_client_ends_it_with_idle_for_all() {
    let mut client = Client::new(Policy::default());
    client.begin(&["a", "b"], REBUILD, STOP);
    client.answer(1, 201);
    assert_eq!(sent(&client.hand(Input::Close)), ["a IDLE"]);
    let outputs = client.hand(Input::Released(AttemptId(2)));
    assert_eq!(sent(&outputs), ["b IDLE"]);
    client.answer(3, 201);
    let outputs = client.answer(4, 201);
    let [(1, end)] = ended(&outputs)[..] else { panic!("{outputs:?}") };
    assert_eq!(failure(end).code(), ErrorCode::Closed);
    assert!(outputs.contains(&Output::Drained));
}
