//! Traefik is given an option of another major version.
//!
//! ## Why
//!
//! Version 2 finds the services of a swarm with `--providers.docker.swarmMode`, version 3 with
//! `--providers.swarm`. Each stops at once when it is given the other's option.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     command: [--providers.docker.swarmMode=true]
//! ```
//!
//! ## Fix
//!
//! Use the option of the version that runs:
//!
//! ```yaml good
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     command: [--providers.swarm=true]
//! ```
//!
//! ## Source
//!
//! Traefik's "v2 to v3 migration" guide.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::traefik::{options, version};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "traefik-provider-mismatch",
    summary: "Traefik option of another major version",
    group: Group::Network,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(version) = version(service) else { return };
    for (option, written) in options(service) {
        let is_old = option.starts_with("providers.docker.swarmmode");
        let is_new = option.starts_with("providers.swarm");
        let help = match version {
            3.. if is_old => "use `--providers.swarm`",
            2 if is_new => "use `--providers.docker.swarmMode`, or run version 3",
            _ => continue,
        };
        found
            .report(written, format!("Traefik {version} knows no such option and stops"))
            .help(help);
    }
}
