//! A health check holds a secret in plain text.
//!
//! ## Why
//!
//! The test stands in the service's spec, and in the node's process list each time it runs.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   cache:
//!     image: redis:7
//!     healthcheck:
//!       test: redis-cli -a Kx9-vTq27LmW ping
//! ```
//!
//! ## Fix
//!
//! Read the secret from its file within the test:
//!
//! ```yaml good
//! services:
//!   cache:
//!     image: redis:7
//!     healthcheck:
//!       test: redis-cli -a "$$(cat /run/secrets/redis)" ping
//!     secrets: [redis]
//! secrets:
//!   redis:
//!     external: true
//! ```
//!
//! ## Source
//!
//! [Manage sensitive data with Docker secrets](https://docs.docker.com/engine/swarm/secrets/).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::secrets::report;
use crate::stack::Stack;
use crate::stack::exposure::{Exposure, Section};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-healthcheck",
    summary: "secret in plain text in a health check",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if exposure.section != Section::Healthcheck {
        return;
    }
    if let Some(finding) = report(exposure, "in the health check", found) {
        finding.help("read it from `/run/secrets/NAME` in the test");
    }
}
