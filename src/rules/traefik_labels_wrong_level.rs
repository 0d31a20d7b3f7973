//! Labels for Traefik stand on the containers.
//!
//! ## Why
//!
//! In a swarm Traefik reads the labels of services. Those under `labels` belong to the containers:
//! Traefik never sees them and answers 404.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     labels:
//!       traefik.http.routers.shop.rule: Host(`shop.example.com`)
//!       traefik.http.services.shop.loadbalancer.server.port: "8080"
//! ```
//!
//! ## Fix
//!
//! Move them below `deploy`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       labels:
//!         traefik.http.routers.shop.rule: Host(`shop.example.com`)
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//! ```
//!
//! ## Source
//!
//! Traefik's manual, "Docker Swarm" provider: labels are read from the service, not from the
//! container.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::fixes::labels_to_deploy;
use crate::rules::traefik::labels;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "traefik-labels-wrong-level",
    summary: "labels for Traefik on the containers",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let seen = service.deploy.iter().any(|it| labels(&it.labels).next().is_some());
    let Some(first) = labels(&service.labels).next().filter(|_| !seen) else { return };
    if first.name.value.eq_ignore_ascii_case("traefik.enable") && first.value.value == "false" {
        return;
    }
    let is_meant = |it: &str| it.to_ascii_lowercase().starts_with("traefik.");
    let patch = labels_to_deploy(found, service, is_meant);
    found
        .report(first.name.place, "Traefik does not see labels of containers")
        .help("move them to `deploy.labels`")
        .fix(Patch::risky(patch, "move them to `deploy.labels`"));
}
