//! An environment variable holds a secret in plain text.
//!
//! ## Why
//!
//! Whoever reads the stack file, `docker service inspect` or `docker inspect` on a node reads the
//! secret, and every process in the container inherits it. A Docker secret reaches the container as
//! a file that only it can read; most images take its path in a variable that ends in `_FILE`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     environment:
//!       POSTGRES_PASSWORD: Kx9-vTq27LmW
//! ```
//!
//! ## Fix
//!
//! Keep the value in a Docker secret and give the image the path of its file:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     environment:
//!       POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password
//!     secrets: [postgres_password]
//! secrets:
//!   postgres_password:
//!     external: true
//! ```
//!
//! ## Source
//!
//! [Manage sensitive data with Docker secrets](https://docs.docker.com/engine/swarm/secrets/).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::secrets::{report, variable_help};
use crate::stack::Stack;
use crate::stack::exposure::{Exposure, Section};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-environment",
    summary: "secret in plain text in the environment",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, stack: &Stack, found: &mut Findings) {
    if !matches!(exposure.section, Section::Environment | Section::Extension) {
        return;
    }
    if let Some(finding) = report(exposure, "in the environment", found) {
        finding.help(variable_help(exposure, stack));
    }
}
