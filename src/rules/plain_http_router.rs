//! A route of Traefik is served without TLS.
//!
//! ## Why
//!
//! What clients send there, passwords and cookies included, can be read and changed on the way.
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
//!         traefik.http.routers.shop.entrypoints: web
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//! ```
//!
//! ## Fix
//!
//! Serve it with TLS:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       labels:
//!         traefik.http.routers.shop.rule: Host(`shop.example.com`)
//!         traefik.http.routers.shop.entrypoints: websecure
//!         traefik.http.routers.shop.tls.certresolver: main
//!         traefik.http.services.shop.loadbalancer.server.port: "8080"
//! ```
//!
//! ## Source
//!
//! Traefik's manual, routers and TLS.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::traefik::{of_service, router};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "plain-http-router",
    summary: "route of Traefik without TLS",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let labels = of_service(service);
    let names: Vec<_> = labels.iter().map(|it| it.name.value.to_ascii_lowercase()).collect();
    for (label, name) in labels.iter().zip(&names) {
        let Some((own, "entrypoints")) = router(name) else { continue };
        let open = matches!(label.value.value.as_str(), "web" | "http");
        let handled = names.iter().any(|it| {
            router(it).is_some_and(|(other, option)| {
                other == own && (option.starts_with("tls") || option.starts_with("middlewares"))
            })
        });
        if name.starts_with("traefik.http.") && open && !handled {
            found
                .report(label.value.place, format!("the route {} has no TLS and no redirection", code(own)))
                .help("use the entry point with TLS, or redirect to it");
        }
    }
}
