//! Whoever holds a dispatcher to its contract.

use push_source_status::{AskId, AttemptId, CallId, Change, Dispatcher, Input, Millis, Output};

use super::rule::Rule;

/// Sees all that goes into a dispatcher and comes out of it.
pub trait Observer {
    fn note_start(&mut self, call: CallId, change: Change);

    fn note_input(&mut self, now: Millis, input: &Input<'_>);

    fn note_output(&mut self, now: Millis, output: &Output);

    /// Looks back at a step, once the dispatcher has nothing more to do.
    fn close_step(&mut self, now: Millis, dispatcher: &Dispatcher, wake: Option<Millis>);

    /// The rule that was broken first.
    fn broken(&self) -> Option<Rule>;

    /// The attempts that hold a connection, and whether their call still waits for each.
    fn attempts(&self) -> Vec<(AttemptId, bool)>;

    /// The questions for a token that were never answered.
    fn asks(&self) -> Vec<AskId>;

    /// The calls of users that have not settled.
    fn unsettled(&self) -> Vec<CallId>;
}
