//! One test binary: it links once, and every test sees the same helpers.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may read files, panic and print"
)]

mod cli;
mod cluster;
mod conformance;
mod output;
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
