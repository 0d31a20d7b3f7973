//! Traefik may take the wrong one of several networks.
//!
//! ## Why
//!
//! A service on several networks has an address on each. Without a label and without a default
//! Traefik takes one of them, perhaps one that it is not on: requests then end in 504, some after
//! one deploy and some after another.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     command: [--providers.swarm]
//!     networks: [public]
//!   web:
//!     image: example/shop:4.2
//!     networks: [public, inner]
//!     deploy:
//!       labels:
//!         traefik.http.routers.shop.rule: Host(`shop.example.com`)
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//! networks:
//!   public: {name: public}
//!   inner: {}
//! ```
//!
//! ## Fix
//!
//! Name the network, for the service or for all of them with `--providers.swarm.network`:
//!
//! ```yaml good
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     command: [--providers.swarm, --providers.swarm.network=public]
//!     networks: [public]
//!   web:
//!     image: example/shop:4.2
//!     networks: [public, inner]
//!     deploy:
//!       labels:
//!         traefik.http.routers.shop.rule: Host(`shop.example.com`)
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//! networks:
//!   public: {name: public}
//!   inner: {}
//! ```
//!
//! ## Source
//!
//! Traefik's manual, "Docker Swarm" provider, option `network`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::networks;
use crate::rules::traefik::{of_service, options, router, version};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "traefik-network-ambiguous",
    summary: "Traefik may take the wrong one of several networks",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    let labels = of_service(service);
    let names_network = labels.iter().any(|it| it.name.value.to_ascii_lowercase().ends_with(".network"));
    let Some(first) = labels.iter().find(|it| router(&it.name.value).is_some()) else { return };
    if names_network || networks(service).len() < 2 {
        return;
    }
    let here: Vec<_> = stack.services.iter().filter(|it| version(it).is_some()).collect();
    let has_default = |it: &&&Named<Service>| options(it).any(|it| is_default(&it.0));
    if here.iter().any(|it| has_default(&it)) {
        return;
    }
    let finding = found.report(
        first.name.place,
        "Traefik is not told which of the networks of the service to use",
    );
    finding.help("add `traefik.swarm.network` or, before Traefik 3, `traefik.docker.network`");
    // Its settings may stand in another stack or in a file.
    if !here.iter().any(|it| options(it).any(|it| it.0.starts_with("providers."))) {
        finding.at_most(Severity::Info);
    }
}

/// Whether an option names the network for all services, or brings options that are not seen here.
fn is_default(option: &str) -> bool {
    option.starts_with("providers.swarm.network")
        || option.starts_with("providers.docker.network")
        || option.starts_with("configfile")
}
