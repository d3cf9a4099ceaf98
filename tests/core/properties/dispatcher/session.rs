//! A run of a script.

use proptest::sample::Index;
use push_source_status::{
    AskId, AttemptId, BulkId, CallId, Cause, Change, Failure, FailureKind, Input, Output, SourceId, WriteId,
};

use super::script::{Event, Head, Script};
use crate::driver::{Driver, Rule};

/// More wake-ups than any script needs to end.
const MANY: usize = 2000;

#[derive(Debug, PartialEq)]
pub struct Session {
    pub driver: Driver,
    pub outputs: Vec<Output>,
    inputs: usize,
}

impl Session {
    pub fn run(script: &Script) -> Self {
        Self::run_by(script.driver(), script)
    }

    pub fn run_by(driver: Driver, script: &Script) -> Self {
        let mut session = Self::new(driver);
        for (event, random) in &script.events {
            session.play(event, *random);
            if session.broken().is_some() {
                return session;
            }
        }
        session.finish(script.is_answered);
        session
    }

    pub fn new(driver: Driver) -> Self {
        Self { driver, outputs: Vec::new(), inputs: 0 }
    }

    pub fn broken(&self) -> Option<Rule> {
        self.driver.ledger.broken()
    }

    pub fn unsettled(&self) -> usize {
        self.driver.ledger.unsettled().len()
    }

    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub fn hand(&mut self, input: Input<'_>, random: u32) {
        self.inputs += 1;
        self.outputs.extend(self.driver.hand(input, random));
    }

    pub fn play(&mut self, event: &Event, random: u32) {
        match event {
            Event::Start { source, status, bulk } => {
                let source_id = SourceId::parse(&format!("source-{source}")).unwrap();
                let change = Change { source_id, status_type: *status };
                self.inputs += 1;
                self.outputs.extend(self.driver.start(change, bulk.map(BulkId), random));
            }
            Event::Answer { attempt, head, body, steps } => {
                if let Some(attempt) = self.attempt(*attempt) {
                    self.answer(attempt, head, body, *steps, random);
                }
            }
            Event::Fail { attempt, kind, code } => {
                if let Some(attempt) = self.attempt(*attempt) {
                    let cause = code.map(|code| cause(Some(code)));
                    self.hand(
                        Input::Failed { attempt, failure: Failure { kind: *kind, cause, host_hint: None } },
                        random,
                    );
                }
            }
            Event::Release { attempt } => {
                if let Some(attempt) = self.attempt(*attempt) {
                    self.hand(Input::Released(attempt), random);
                }
            }
            Event::Stray { attempt, what } => self.stray(AttemptId(*attempt), *what, random),
            Event::Token { ask, answer } => {
                let asks = self.driver.ledger.asks();
                if let Some(&ask) = pick(&asks, *ask) {
                    self.hand(Input::Token { ask, answer: answer.map_err(|()| Some(cause(None))) }, random);
                }
            }
            Event::StaleToken { ask } => {
                self.hand(Input::Token { ask: AskId(*ask), answer: Ok("stale-token") }, random);
            }
            Event::Journaled { write, is_written } => {
                if let Some(&write) = pick(&self.driver.ledger.writes(), *write) {
                    self.journal(write, *is_written, random);
                }
            }
            Event::StaleWrite { write, is_written } => {
                self.journal(WriteId(*write), *is_written, random);
            }
            Event::Wait => {
                if let Some(wake) = self.driver.wake {
                    self.driver.now = self.driver.now.max(wake);
                }
                self.hand(Input::Timeout, random);
            }
            Event::Elapse { ms } => {
                self.driver.now += ms;
                self.hand(Input::Timeout, random);
            }
            Event::Drift { ms } => self.driver.now += ms,
            Event::Cancel { call } => {
                let calls = self.driver.ledger.unsettled();
                if let Some(&call) = pick(&calls, *call) {
                    self.hand(Input::Cancel(call), random);
                }
            }
            Event::Close => self.hand(Input::Close, random),
        }
    }

    fn journal(&mut self, write: WriteId, is_written: bool, random: u32) {
        let answer = if is_written { Ok(()) } else { Err(Some(cause(None))) };
        self.hand(Input::Journaled { write, answer }, random);
    }

    fn attempt(&self, index: Index) -> Option<AttemptId> {
        let attempts: Vec<AttemptId> = self.driver.ledger.attempts().into_iter().map(|(id, _)| id).collect();
        pick(&attempts, index).copied()
    }

    fn answer(&mut self, attempt: AttemptId, head: &Head, body: &[u8], steps: u8, random: u32) {
        let Head { http_status, retry_after, date } = *head;
        if steps & 1 != 0 {
            self.hand(Input::Head { attempt, http_status, retry_after, date }, random);
        }
        if steps & 2 != 0 {
            self.hand(Input::Body { attempt, bytes: body }, random);
        }
        if steps & 4 != 0 {
            self.hand(Input::Released(attempt), random);
        }
    }

    fn stray(&mut self, attempt: AttemptId, what: u8, random: u32) {
        let failure = Failure { kind: FailureKind::Transport, cause: None, host_hint: None };
        self.hand(
            match what {
                0 => Input::Head { attempt, http_status: 201, retry_after: None, date: None },
                1 => Input::Body { attempt, bytes: b"{}" },
                2 => Input::Failed { attempt, failure },
                _ => Input::Cancel(CallId(attempt.0)),
            },
            random,
        );
    }

    /// Goes on until nothing is left to wait for, either with answers to everything or with timeouts only.
    pub fn finish(&mut self, is_answered: bool) {
        for _ in 0..MANY {
            if is_answered {
                self.answer_all();
            }
            if self.broken().is_some() || !self.driver.wait(0) {
                return;
            }
        }
    }

    fn answer_all(&mut self) {
        for ask in self.driver.ledger.asks() {
            self.hand(Input::Token { ask, answer: Ok("the-last-token") }, 0);
        }
        for write in self.driver.ledger.writes() {
            self.journal(write, true, 0);
        }
        for (attempt, _) in self.driver.ledger.attempts() {
            self.hand(Input::Head { attempt, http_status: 201, retry_after: None, date: None }, 0);
            self.hand(Input::Released(attempt), 0);
        }
    }
}

pub fn pick<T>(all: &[T], index: Index) -> Option<&T> {
    (!all.is_empty()).then(|| index.get(all))
}

fn cause(code: Option<&str>) -> Cause {
    Cause { name: "Error".into(), message: "it broke".into(), code: code.map(Into::into) }
}
