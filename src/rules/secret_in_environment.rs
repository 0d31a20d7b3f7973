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
use crate::edit::{New, Patch};
use crate::image::file_variable;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::fixes::declare;
use crate::rules::secrets::{report, variable_help};
use crate::rules::services::image;
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
    let patch = as_secret(exposure, stack, found);
    if let Some(finding) = report(exposure, "in the environment", found) {
        finding.help(variable_help(exposure, stack));
        finding.fix(Patch::risky(patch, "read it from a Docker secret"));
    }
}

/// The variable of a file in place of this one, and the secret that holds it: to be created before
/// the deploy.
fn as_secret(exposure: &Exposure, stack: &Stack, found: &Findings) -> Option<Patch> {
    let name = exposure.leak.name.as_ref()?;
    let service = stack.service(exposure.service.as_ref()?)?;
    let row = file_variable(&image(service)?.value, name).filter(|it| it.verified)?;
    let file = row.name.filter(|_| row.modes.is_empty() && row.uid.is_none())?;
    let secret = name.to_ascii_lowercase();
    let variables = &service.environment;
    let is_taken = variables.iter().any(|it| it.name.value == file)
        || stack.secrets.iter().any(|it| it.name.value == secret);
    let variable = variables.iter().find(|it| it.name.value == *name && it.env_file.is_none())?;
    let value = variable.value.as_ref().filter(|it| it.value.chars().count() == exposure.leak.length)?;
    let path = format!("/run/secrets/{secret}");
    let site = found.site(variable.place.span).filter(|_| !is_taken && !value.place.is_interpolated())?;
    let variable = match site.key() {
        Some(_) => site.rename(&file)?.and(site.replace(&path)?)?,
        None => site.replace(&format!("{file}={path}"))?,
    };
    let of_service = found.site(service.name.span())?;
    let list = of_service.child("secrets");
    let used = match &list {
        Some(list) => list.append(New::text(&secret))?,
        None => of_service.insert(&["secrets"], New::List(vec![New::text(&secret)]))?,
    };
    let source = exposure.span.source;
    variable.and(used)?.and(declare(found, source, "secrets", &secret)?)
}
