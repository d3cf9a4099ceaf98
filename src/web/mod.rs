//! The only place that names WebAssembly or JavaScript: a machine that is called, and never calls. The shell in `pkg/lib`
//! hands in what happened, takes out what is to be done, and does it.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
// The docs of what is exported become the docs of the TypeScript declarations, in their notation: `@throws` for "Errors".
#![allow(clippy::doc_markdown, clippy::missing_errors_doc)]

mod answer;
mod argument;
mod clock;
mod declarations;
mod error;
mod events;
mod exchange;
mod host;
mod machine;
mod members;
mod options;
mod outputs;
#[cfg(feature = "panics")]
mod panics;
mod requests;
mod results;
mod statuses;
mod thrown;

/// A twentieth of the default allocator in size, and each allocation takes constant time.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
