//! A variable names the file of a secret that the service does not get.
//!
//! ## Why
//!
//! Secrets are files below `/run/secrets`, by the name of the secret or by its `target`. The
//! program does not find this one, and usually stops.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db_pass}
//!     secrets: [db_password]
//! secrets:
//!   db_password: {external: true}
//! ```
//!
//! ## Fix
//!
//! Name the path of a secret that the service has:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db_password}
//!     secrets: [db_password]
//! secrets:
//!   db_password: {external: true}
//! ```
//!
//! ## Source
//!
//! Docker manual, "Manage sensitive data with Docker secrets".

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::files::{may_exist, secret_path};
use crate::rules::words::{code, nearest};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "secret-file-path-mismatch",
    summary: "path of a secret that the service does not get",
    group: Group::References,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for variable in service.environment.iter().filter(|it| !it.from_shell) {
        let Some(value) = variable.value.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let path = value.value.as_str();
        let is_secret = path.starts_with("/run/secrets/") && !path.ends_with('/');
        let is_one = !path.contains([' ', ':', ',', ';', '{', '*']);
        if !is_secret || !is_one || may_exist(service, path) {
            continue;
        }
        let paths: Vec<_> = service.secrets.iter().map(secret_path).collect();
        let near = match paths.as_slice() {
            [only] => Some(only.as_str()),
            all => nearest(path, all.iter().map(String::as_str)),
        };
        let renamed = near.and_then(|near| {
            let part = value.value.len();
            Patch::part(value.place, &(0..part), near)
        });
        let help = match near {
            Some(near) => format!("the service has {}", code(near)),
            None => "give the secret to the service, under `secrets`".to_owned(),
        };
        let finding = found.report(value, format!("the service gets no secret at {}", code(path)));
        finding.help(help).fix(Patch::risky(renamed, "name the secret that the service has"));
        if !variable.name.value.to_lowercase().ends_with("file") {
            finding.at_most(Severity::Warning);
        }
    }
}
