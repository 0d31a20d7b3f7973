//! A label holds a secret in plain text.
//!
//! ## Why
//!
//! Labels are read by every tool that lists services or containers. A hash of a password can be
//! guessed offline; proxies take users from a file as well.
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
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         backup.password-file: /run/secrets/backup
//! ```

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
