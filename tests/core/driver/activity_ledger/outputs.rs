//! What the dispatcher wants done.

use push_source_status::policy::RELEASE_MS;
use push_source_status::{
    ActivityEnd, ActivityId, AttemptId, CallId, Change, Error, ErrorCode, Event, EventKind, Interruption, Millis,
    Output, SourceId, StatusType,
};

use super::entry::{Activity, Attempt, Stage, Status, Why};
use super::{ActivityLedger, Rule};
use crate::driver::reading::Ending;

impl ActivityLedger {
    pub(super) fn take_out(&mut self, now: Millis, output: &Output) {
        match output {
            Output::Send { attempt, url, .. } => self.note_send(now, *attempt, url),
            Output::SendLast { url, .. } => self.note_last(url),
            Output::Abort(attempt) => self.note_abort(now, *attempt),
            Output::AskToken(ask) => drop(self.asks.insert(*ask)),
            Output::Settle(call, _) => {
                let is_first = self.calls.insert(*call, true) == Some(false);
                self.require(is_first, Rule::SettledTwice);
            }
            Output::StartWork { activity, .. } => self.note_work(*activity),
            // No journal is kept here.
            Output::Opened { .. } | Output::Closed { .. } => self.require(false, Rule::Report),
            Output::AbortWork(activity, _) => {
                let was_due = self.step.must_abort.remove(activity);
                self.require(was_due, Rule::UntoldWork);
            }
            Output::EndActivity(activity, end) => self.note_end(*activity, end),
            Output::Emit(event) => self.note_event(now, event),
            Output::Drained => {
                let is_due = self.is_closed && !self.is_drained && self.is_over();
                self.require(is_due, Rule::Drained);
                self.is_drained = true;
            }
        }
    }

    fn note_send(&mut self, now: Millis, id: AttemptId, url: &str) {
        let Some((call, change)) = self.step.announced.take() else { return self.require(false, Rule::Report) };
        self.require(url == self.template.url(&change.source_id, change.status_type), Rule::Report);
        self.require(self.attempts.len() < self.policy.concurrency as usize, Rule::Concurrency);
        let is_held = self.attempts.values().any(|attempt| attempt.change.source_id == change.source_id);
        self.require(!is_held, Rule::HeldLane);
        let is_free = self.calls.contains_key(&call);
        if !is_free && change.status_type == StatusType::Idle {
            let is_early = self.members(&change.source_id).any(|member| match member.stage {
                Stage::Waiting | Stage::Working => true,
                Stage::Stopping(until) => now < until,
                Stage::Left => false,
            });
            self.require(!is_early, Rule::EarlyIdle);
        }
        let source = self.sources.entry(change.source_id.clone()).or_default();
        let is_next = source.last_sent.replace(call).is_none_or(|last| last <= call);
        let before = (!is_free).then_some(source.status);
        let is_active = change.status_type != StatusType::Idle;
        if let Some(Status { is_said, .. }) = before {
            let is_said = is_said && !is_active;
            source.status = Status { may_be_active: true, is_left_active: is_active, is_said };
        }
        let is_stray = !is_active && before.is_some_and(|status| !status.may_be_active);
        self.require(is_next, Rule::Order);
        self.require(!is_stray, Rule::StrayIdle);
        self.attempts.insert(id, Attempt { call, change, before, head: None, over_at: None });
    }

    fn note_last(&mut self, url: &str) {
        let is_its = |source: &&SourceId| self.template.url(source, StatusType::Idle) == url;
        let Some(source) = self.step.must_close.iter().find(is_its).cloned() else {
            return self.require(false, Rule::LastRequest);
        };
        self.step.must_close.remove(&source);
        if let Some(entry) = self.sources.get_mut(&source) {
            entry.status.is_left_active = false;
        }
    }

    fn note_abort(&mut self, now: Millis, id: AttemptId) {
        let Some(attempt) = self.attempts.get(&id) else { return };
        match attempt.over_at {
            Some(over) if over + RELEASE_MS <= now => drop(self.attempts.remove(&id)),
            Some(_) => {}
            None if self.step.is_timeout => self.end_attempt(now, id, &Ending::TimedOut),
            None => self.give_up(now, id),
        }
    }

    fn note_event(&mut self, now: Millis, event: &Event) {
        if let Some(&is_settled) = self.calls.get(&event.call) {
            self.require(!is_settled, Rule::AfterEnd);
        } else {
            self.note_held(now, event);
        }
        if event.kind == EventKind::Attempt {
            self.step.announced = Some((event.call, event.change.clone()));
        }
    }

    /// Something happened to a call that was made for activities.
    fn note_held(&mut self, now: Millis, event: &Event) {
        let Event { call, change: Change { source_id, status_type }, .. } = event;
        let is_active = *status_type != StatusType::Idle;
        if matches!(event.kind, EventKind::ActivityStarted | EventKind::ActivityEnded) {
            let is_true =
                self.step.done.take() == Some(*call) && is_active == (event.kind == EventKind::ActivityStarted);
            return self.require(is_true, Rule::Report);
        }
        if let EventKind::LeftActive { .. } = event.kind {
            let is_true = self.step.left_active.contains(source_id);
            return self.require(is_true, Rule::LeftActive);
        }
        let entry = self.sources.entry(source_id.clone()).or_default();
        let is_the_one = entry.held.is_none_or(|held| held == *call);
        entry.held = Some(*call);
        let is_needed = !is_active || !entry.status.may_be_active;
        self.require(is_the_one, Rule::Held);
        match &event.kind {
            EventKind::Attempt => self.require(event.attempt > 1 || is_needed, Rule::Held),
            EventKind::Done { .. } => {
                self.step.done = Some(*call);
                self.end_held(now, event, None);
            }
            EventKind::Failed(error) => {
                let is_owed = !is_active && error.code() != ErrorCode::TokenUnavailable;
                self.require(event.attempt > 0 || !is_owed, Rule::Owed);
                self.end_held(now, event, Some(error.code()));
            }
            EventKind::Cancelled => {
                for id in self.attempts_of(*call) {
                    self.give_up(now, id);
                }
                self.sources.entry(source_id.clone()).or_default().held = None;
            }
            _ => {}
        }
    }

    fn end_held(&mut self, now: Millis, event: &Event, failure: Option<ErrorCode>) {
        for id in self.attempts_of(event.call) {
            self.end_attempt(now, id, &Ending::TimedOut);
        }
        let Change { source_id, status_type } = &event.change;
        let Some(source) = self.sources.get_mut(source_id) else { return };
        source.held = None;
        if *status_type == StatusType::Idle {
            source.status.may_be_active = false;
            if failure.is_some() {
                self.step.left_active.insert(source_id.clone());
            }
            return;
        }
        source.failure = failure;
        let members = self.activities.values_mut().filter(|activity| activity.is_of(source_id) && !activity.is_queued);
        for member in members.filter(|member| member.stage == Stage::Waiting) {
            if let Some(code) = failure.filter(|&code| !member.starts_after(code)) {
                member.stop(now, Why::Failed(code));
            }
        }
    }

    fn attempts_of(&self, call: CallId) -> Vec<AttemptId> {
        self.attempts.iter().filter(|(_, attempt)| attempt.call == call).map(|(&id, _)| id).collect()
    }

    fn note_work(&mut self, id: ActivityId) {
        let Some(activity) = self.activities.get_mut(&id) else { return self.require(false, Rule::AfterEnd) };
        let is_let = self.sources.get(&activity.change.source_id).is_some_and(|source| {
            source.status.may_be_active || source.failure.is_some_and(|code| activity.starts_after(code))
        });
        let is_due = is_let && activity.stage == Stage::Waiting && !activity.is_queued;
        activity.stage = Stage::Working;
        self.require(is_due, Rule::Work);
    }

    fn note_end(&mut self, id: ActivityId, end: &ActivityEnd) {
        let Some(activity) = self.activities.remove(&id) else { return self.require(false, Rule::AfterEnd) };
        let source_id = &activity.change.source_id;
        let stop = end.interruption.as_ref().map(|stop| match stop {
            Interruption::Aborted => Why::Aborted,
            Interruption::Failed(error) => Why::Failed(error.code()),
        });
        let is_true = match &end.interruption {
            Some(Interruption::Failed(error)) if error.code() == ErrorCode::Busy => self.is_busy(&activity, error),
            _ if self.step.is_page_end => stop == Some(Why::Failed(ErrorCode::Closed)),
            _ => stop == activity.why && activity.stage == Stage::Left,
        };
        self.require(is_true, Rule::Report);
        if let Some(Interruption::Failed(error)) = &end.interruption {
            let Change { source_id, status_type } = &activity.change;
            let names_it =
                error.site().is_some_and(|site| site.source_id == *source_id && site.status_type == *status_type);
            self.require(names_it, Rule::Report);
        }

        let was_member = !activity.is_queued && activity.stage == Stage::Left;
        let is_left_active = was_member && self.step.left_active.contains(source_id);
        let said = end.left_active.as_ref().map(Error::code);
        self.require(said == is_left_active.then_some(ErrorCode::LeftActive), Rule::LeftActive);

        let goes_on = self.activities.iter().any(|(id, other)| {
            let is_there = other.stage != Stage::Left || self.step.left.contains(id);
            other.is_of(source_id) && !other.is_queued && is_there
        });
        let is_last = self.members(source_id).next().is_none();
        if let Some(source) = self.sources.get_mut(source_id) {
            source.status.is_said |= is_left_active;
            let is_early = was_member && !goes_on && source.status.may_be_active;
            self.require(!is_early || self.step.is_page_end, Rule::EarlyEnd);
        }
        if is_last {
            // What waited for that begins anew.
            self.step.left_active.remove(source_id);
            let queued = self.activities.values_mut().filter(|other| other.is_of(source_id));
            queued.for_each(|other| other.is_queued = false);
        }
        self.step.ended.push(activity.change);
    }

    /// Whether an activity of another status is in the way, as an error says.
    fn is_busy(&self, activity: &Activity, error: &Error) -> bool {
        let Change { source_id, status_type } = &activity.change;
        let is_in_the_way = |change: &Change| {
            let status = change.status_type;
            change.source_id == *source_id && status != *status_type && Some(status) == error.active_status()
        };
        let mut others = self.members(source_id).map(|member| &member.change).chain(&self.step.ended);
        matches!(activity.stage, Stage::Waiting | Stage::Left) && others.any(is_in_the_way)
    }
}
