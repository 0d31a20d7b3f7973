//! An env file holds a secret in plain text.
//!
//! ## Why
//!
//! Docker reads the file when it deploys, and the secret stands in the service's spec like any
//! other variable: `docker service inspect` shows it.
//!
//! ## Example
//!
//! ```yaml stack.yml
//! services:
//!   db:
//!     image: postgres:17
//!     env_file: db.env
//! ```
//!
//! ```env db.env bad
//! POSTGRES_USER=shop
//! POSTGRES_PASSWORD=Kx9-vTq27LmW
//! ```
//!
//! ## Fix
//!
//! Take the line out and keep the value in a Docker secret. Most images read a secret's file if its
//! path is given in a variable that ends in `_FILE`:
//!
//! ```env db.env
//! POSTGRES_USER=shop
//! POSTGRES_PASSWORD_FILE=/run/secrets/postgres_password
//! ```
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     env_file: db.env
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
    id: "secret-in-env-file",
    summary: "secret in plain text in an env file",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, stack: &Stack, found: &mut Findings) {
    if exposure.section != Section::EnvFile {
        return;
    }
    if let Some(finding) = report(exposure, "in an env file", found) {
        finding.help(variable_help(exposure, stack));
    }
}
