//! A build argument holds a secret in plain text.
//!
//! ## Why
//!
//! `docker stack deploy` ignores `build`, but others read the file, and an image that is built with
//! the argument keeps it in its history.
//!
//! ## Example
//!
//! ```yaml bad also key-ignored
//! services:
//!   web:
//!     image: registry.example.com/web:1
//!     build:
//!       context: .
//!       args:
//!         NPM_PASSWORD: Kx9-vTq27LmW
//! ```
//!
//! ## Fix
//!
//! Give the secret to the build as a secret mount, `docker build --secret`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: registry.example.com/web:1
//!     build:
//!       context: .
//! ```
//!
//! ## Source
//!
//! [Build secrets](https://docs.docker.com/build/building/secrets/).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::secrets::report;
use crate::stack::Stack;
use crate::stack::exposure::{Exposure, Section};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-build-arg",
    summary: "secret in plain text in a build argument",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if exposure.section != Section::BuildArg {
        return;
    }
    if let Some(finding) = report(exposure, "in a build argument", found) {
        finding.help("give it to the build as a secret mount, `docker build --secret`");
    }
}
