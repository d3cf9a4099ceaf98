//! Keeps the status of a Coveo Push source right.
//!
//! A connector that pushes content to a Push source also has to set the status of that source. This crate checks and
//! builds the requests, and decides when to send them. It sends nothing itself.
//!
//! In scope: the operation "set the status of a Push source", with its retries, order, throttling and errors. Out of
//! scope: I/O, clocks, randomness, and every other operation of the Push API. The module `web`, which is built only for
//! WebAssembly, drives the [`Dispatcher`] with the `fetch` of a browser or of Node.
//!
//! Data flows one way. Options become checked values ([`OrganizationId`], [`SourceId`], [`AccessToken`],
//! [`Endpoint`], [`StatusType`], [`Policy`]). Those become requests ([`RequestTemplate`]). The [`Dispatcher`] decides
//! when to send them and what their answers mean. Each call ends in a [`Settlement`].

mod activity;
mod backoff;
mod dispatcher;
mod endpoint;
mod error;
mod failure;
mod identifier;
mod invalid;
pub mod policy;
mod quote;
mod reply;
pub mod request;
mod retry_after;
mod sorted_map;
mod status;
mod token;
mod verdict;
mod web;
mod words;

pub use activity::{ActivityEnd, ActivityId, Interruption, OnActivationFailure};
pub use backoff::Backoff;
pub use dispatcher::{
    AskId, AttemptId, BulkId, CallId, Change, Dispatcher, EntryKind, Event, EventKind, Input, JournalEntry, Millis,
    Now, Output, Owner, Settlement, StatusUpdate, Terms, WriteId,
};
pub use endpoint::{Endpoint, Environment, PlainHttp, Region};
pub use error::{Answer, Cause, Error, ErrorCode, Outcome, Site};
pub use failure::{Failure, FailureKind};
pub use identifier::{OrganizationId, SourceId, SourceIds};
pub use invalid::Invalid;
pub use policy::Policy;
pub use reply::{ErrorBody, HIDDEN_REDIRECT, MAX_BODY_BYTES, judge};
pub use request::RequestTemplate;
pub use retry_after::parse as parse_retry_after;
pub use status::{Cost, StatusInfo, StatusType};
pub use token::{AccessToken, HeldTokens, MASK};
pub use verdict::Verdict;
