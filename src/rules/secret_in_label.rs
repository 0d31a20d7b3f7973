//! A label holds a secret in plain text.
//!
//! ## Why
//!
//! Every tool that lists services or containers reads their labels. Even the hash of a password can
//! be guessed offline.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         backup.password: Kx9-vTq27LmW
//! ```
//!
//! ## Fix
//!
//! Let the tool that reads the label take the secret from a file. Proxies, for example, take their
//! users from a file as well as from labels.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         backup.password-file: /run/secrets/backup
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
    id: "secret-in-label",
    summary: "secret in plain text in a label",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if exposure.section != Section::Label {
        return;
    }
    if let Some(finding) = report(exposure, "in a label", found) {
        finding.help("let the tool that reads the label take it from a file or a secret");
    }
}
