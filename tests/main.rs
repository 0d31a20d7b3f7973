//! One test binary: it links once, and every test sees the same helpers.

#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

mod conformance;
mod yaml;
