//! A healthcheck runs a program that the image does not have.
//!
//! ## Why
//!
//! The check fails each time. The task is never healthy: it is killed and started anew for ever.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost:8080/ping"]
//! ```
//!
//! ## Fix
//!
//! Use what the image has:
//!
//! ```yaml good
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     healthcheck:
//!       test: [CMD, traefik, healthcheck, --ping]
//! ```
//!
//! ## Source
//!
//! The images' Dockerfiles.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::known;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-tool-missing",
    summary: "healthcheck runs what the image does not have",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let (Some(it), Some(known)) = (&service.healthcheck, known(service)) else { return };
    let words = match it.test.first().map(|it| it.value.as_str()) {
        Some("CMD") => it.test.get(1).map(|it| it.value.as_str()),
        Some("CMD-SHELL") => it.test.get(1).and_then(|it| it.value.split_whitespace().next()),
        _ => None,
    };
    let (Some(program), Some(at)) = (words, it.test.get(1)) else { return };
    if known.lacks(program) {
        let image = service.image.as_ref().map_or("", |it| it.value.as_str());
        found
            .report(at, format!("{} is not in {}", code(program), code(image)))
            .help("use a program of the image, or an image that has this one");
    }
}
