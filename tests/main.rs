//! One test binary: it links once, and every test sees the same helpers.

#![expect(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may read files, panic, print and take its time"
)]

mod bad_input;
mod cli;
mod cluster;
mod conformance;
mod diff;
mod engine;
mod explain;
mod fix;
mod formats;
mod hidden;
mod lsp;
mod output;
mod places;
mod plan;
mod ports;
mod project;
mod properties;
mod rules;
mod settings;
mod support;
mod suppression;
mod swarm;
mod wording;
mod yaml;
