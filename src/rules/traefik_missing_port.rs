//! Traefik is not told the port of a service.
//!
//! ## Why
//!
//! Services of a swarm do not say on which port they listen. Without the label Traefik logs "port is
//! missing" and leaves the service out, even where the router leads to `api@internal`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       labels:
//!         traefik.http.routers.shop.rule: Host(`shop.example.com`)
//! ```
//!
//! ## Fix
//!
//! Name the port, also where any number would do:
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
//! Traefik's manual, "Docker Swarm" provider, "Port Detection"; traefik/traefik#5732.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::traefik::{of_service, router};
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "traefik-missing-port",
    summary: "Traefik is not told the port of a service",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let labels = of_service(service);
    let routes = labels.iter().find(|it| {
        let name = it.name.value.to_ascii_lowercase();
        router(&name).is_some() || name.starts_with("traefik.frontend.")
    });
    let names_port = |it: &&Named<Text>| {
        let name = it.name.value.to_ascii_lowercase();
        matches!(name.rsplit('.').next(), Some("port")) || name.ends_with(".server.url")
    };
    if let (Some(first), false) = (routes, labels.iter().any(names_port)) {
        found
            .report(first.name.place, "Traefik finds no port of the service and leaves it out")
            .help("add `traefik.http.services.NAME.loadbalancer.server.port`");
    }
}
