//! A program is told to let everyone in.
//!
//! ## Why
//!
//! Whoever reaches the service on one of its networks or published ports needs no password. In a
//! swarm that is every other service of the network.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     environment: {POSTGRES_HOST_AUTH_METHOD: trust}
//! ```
//!
//! ## Fix
//!
//! Ask for a password, from a secret:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db}
//!     secrets: [db]
//! secrets:
//!   db:
//!     external: true
//! ```
//!
//! ## Source
//!
//! The manuals of the programs.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::traefik::options;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

const ON: &[&str] = &["1", "on", "true", "yes"];

/// Variables, the values that open the program, and what happens then.
const VARIABLES: &[(&str, &[&str], &str)] = &[
    ("ALLOW_ANONYMOUS_LOGIN", ON, "everyone may log in"),
    ("ALLOW_EMPTY_PASSWORD", ON, "the password is empty"),
    ("DISABLE_SECURITY_PLUGIN", ON, "everyone reads and writes everything"),
    ("GF_AUTH_ANONYMOUS_ORG_ROLE", &["admin"], "everyone administers it"),
    ("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", ON, "root has no password"),
    ("MYSQL_ALLOW_EMPTY_PASSWORD", ON, "root has no password"),
    ("NEO4J_AUTH", &["none"], "everyone reads and writes everything"),
    ("POSTGRES_HOST_AUTH_METHOD", &["trust"], "everyone is whom they say they are"),
    ("xpack.security.enabled", &["false"], "everyone reads and writes everything"),
];

/// The same for options, in lower case.
const OPTIONS: &[(&str, &str)] = &[
    ("api.insecure", "everyone sees the dashboard and all that it shows"),
    ("no-auth", "everyone administers it"),
];

pub(super) const RULE: Rule = Rule {
    id: "insecure-admin-interface",
    summary: "program that is told to let everyone in",
    group: Group::Security,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in service.environment.iter().filter(|it| it.env_file.is_none()) {
        let Some(value) = it.value.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let given = value.value.to_ascii_lowercase();
        let row = VARIABLES.iter().find(|row| row.0 == it.name.value && row.1.contains(&given.as_str()));
        if let Some((name, _, what)) = row {
            found.report(value, format!("with {} {what}", code(&format!("{name}={given}")))).help("ask for a password");
        }
    }
    for (option, written) in options(service) {
        let (name, value) = option.split_once('=').unwrap_or((&option, "true"));
        if let Some((_, what)) = OPTIONS.iter().find(|it| it.0 == name && value == "true") {
            found.report(written, format!("with {} {what}", code(&format!("--{name}")))).help("ask for a password");
        }
    }
}
