//! The only place that names WebAssembly or JavaScript: it drives the core with the host's `fetch`, timers and signals.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
// The docs of what is exported become the docs of the TypeScript declarations, in their notation: `@throws` for "Errors".
#![allow(clippy::doc_markdown, clippy::missing_errors_doc)]

mod abort;
mod activity;
mod argument;
mod bulk;
mod client;
mod driver;
mod error;
mod events;
mod exchange;
mod fetch;
mod foreign;
mod holder;
mod host;
mod members;
mod options;
mod page;
#[cfg(feature = "panics")]
mod panics;
mod promise;
mod results;
mod statuses;
mod stops;
mod thrown;
mod timer;
mod token_source;

/// A twentieth of the default allocator in size, and each allocation takes constant time.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
