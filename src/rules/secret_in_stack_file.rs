//! A value or a comment of the stack file holds a secret in plain text.
//!
//! ## Why
//!
//! Whoever reads the file reads the secret, and it stays in the history of the repository.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     hostname: https://shop:Kx9-vTq27LmW@example.com
//! ```
//!
//! ## Fix
//!
//! Take it out, change it where it is in use, and keep the new one in a Docker secret:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
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
    id: "secret-in-stack-file",
    summary: "secret in plain text elsewhere in the stack file",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if !matches!(exposure.section, Section::Other | Section::Comment) {
        return;
    }
    if let Some(finding) = report(exposure, "in the stack file", found) {
        finding.help("keep it in a Docker secret");
    }
}
