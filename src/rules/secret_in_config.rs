//! A config's content holds a secret in plain text.
//!
//! ## Why
//!
//! Configs are not kept from view as secrets are: whoever may inspect one reads its content. A
//! secret is mounted just like a config.
//!
//! ## Example
//!
//! ```yaml stack.yml
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [app]
//! configs:
//!   app:
//!     file: app.ini
//! ```
//!
//! ```ini app.ini bad
//! [db]
//! user = shop
//! password = Kx9-vTq27LmW
//! ```
//!
//! ## Fix
//!
//! Make a Docker secret of the whole file, or let the program read the password from one:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     secrets: [app]
//! secrets:
//!   app:
//!     external: true
//! ```
//!
//! ## Source
//!
//! [Store configuration data using Docker Configs](https://docs.docker.com/engine/swarm/configs/).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::secrets::report;
use crate::stack::Stack;
use crate::stack::exposure::{Exposure, Section};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-config",
    summary: "secret in plain text in a config",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if exposure.section != Section::Config {
        return;
    }
    if let Some(finding) = report(exposure, "in a config", found) {
        finding.help("make it a secret: it is mounted in the same way");
    }
}
