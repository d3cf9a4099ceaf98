//! The bindings to JavaScript. No other module names WebAssembly or JavaScript.
//!
//! The shell in `pkg/lib` drives them. It reports each event of the host, takes the outputs, and carries them out.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
// The docs of exports become TSDoc in the TypeScript declarations, which has `@throws` instead of a section "Errors".
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

/// An allocator of a twentieth of the default one's size, in which each allocation takes constant time.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
