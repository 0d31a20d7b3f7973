//! A command line holds a secret in plain text.
//!
//! ## Why
//!
//! The command stands in the service's spec, where `docker service inspect` shows it, and in the
//! process list of the node.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   cache:
//!     image: redis:7
//!     command: [redis-server, --requirepass, Kx9-vTq27LmW]
//! ```
//!
//! ## Fix
//!
//! Let the program read a file under `/run/secrets`, or let a shell put its content in:
//!
//! ```yaml good
//! services:
//!   cache:
//!     image: redis:7
//!     command: [sh, -c, 'exec redis-server --requirepass "$$(cat /run/secrets/redis)"']
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
    id: "secret-in-command",
    summary: "secret in plain text in a command",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if exposure.section != Section::Command {
        return;
    }
    if let Some(finding) = report(exposure, "in the command", found) {
        finding.help("read it from `/run/secrets/NAME` when the container starts");
    }
}
