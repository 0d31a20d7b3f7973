//! Two services define one router of Traefik in two ways.
//!
//! ## Why
//!
//! Names of routers are shared by all services that Traefik sees. Where two services give one router
//! two rules, Traefik drops the router: neither is reached.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   shop:
//!     image: example/shop:4.2
//!     deploy:
//!       labels:
//!         traefik.http.routers.web.rule: Host(`shop.example.com`)
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//!   blog:
//!     image: example/blog:1.9
//!     deploy:
//!       labels:
//!         traefik.http.routers.web.rule: Host(`blog.example.com`)
//!         traefik.http.services.blog.loadbalancer.server.port: "8080"
//! ```
//!
//! ## Fix
//!
//! Give each router a name of its own:
//!
//! ```yaml good
//! services:
//!   shop:
//!     image: example/shop:4.2
//!     deploy:
//!       labels:
//!         traefik.http.routers.shop.rule: Host(`shop.example.com`)
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//!   blog:
//!     image: example/blog:1.9
//!     deploy:
//!       labels:
//!         traefik.http.routers.blog.rule: Host(`blog.example.com`)
//!         traefik.http.services.blog.loadbalancer.server.port: "8080"
//! ```
//!
//! ## Source
//!
//! Traefik logs "Router defined multiple times with different configurations"
//! (`pkg/provider/configuration.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::traefik::{of_service, router};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::Stack;
use crate::stack::model::Text;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "traefik-router-conflict",
    summary: "two services define one Traefik router differently",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut rules: BTreeMap<String, (&str, &Named<Text>)> = BTreeMap::new();
    for service in &stack.services {
        for label in of_service(service) {
            let name = label.name.value.to_ascii_lowercase();
            let Some((router, "rule")) = router(&name) else { continue };
            if label.value.place.is_unset() {
                continue;
            }
            let own = service.name.value.as_str();
            // Routers of TCP and of HTTP do not meet.
            let Some((first, other)) = rules.get(&name) else {
                rules.insert(name, (own, label));
                continue;
            };
            if *first == own || other.value.value == label.value.value {
                continue;
            }
            found
                .report(
                    label.name.place,
                    format!("{} defines the router {} in another way", code(first), code(router)),
                )
                .related(other.name.span(), "the other definition")
                .help("give each router a name of its own");
        }
    }
}
