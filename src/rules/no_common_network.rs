//! A service asks another one, and they share no network.
//!
//! ## Why
//!
//! Services find each other by name on networks that both are on. Here the name is unknown, or
//! belongs to something else.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//!     environment: {CACHE_URL: "http://cache:8080"}
//!   cache:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   front: {}
//!   back: {}
//! ```
//!
//! ## Fix
//!
//! Put both on one network:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front, back]
//!     environment: {CACHE_URL: "http://cache:8080"}
//!   cache:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   front: {}
//!   back: {}
//! ```
//!
//! ## Source
//!
//! Docker manual, "Manage swarm service networks".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::networks;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "no-common-network",
    summary: "service asks another one without a common network",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    let own = networks(service);
    if own.contains(&"host") {
        return;
    }
    for variable in service.environment.iter().filter(|it| !it.from_shell) {
        let Some(value) = variable.value.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let Some(name) = host(&value.value) else { continue };
        let Some(other) = stack.service(name).filter(|it| it.name.value != service.name.value) else {
            continue;
        };
        // Another service may have the name on one of the networks.
        let is_alias = stack.services.iter().flat_map(|it| &it.networks).any(|it| {
            let aliases = it.value.iter().flat_map(|it| &it.aliases);
            own.contains(&it.name.value.as_str()) && aliases.into_iter().any(|it| it.value == name)
        });
        let theirs = networks(other);
        if is_alias || own.iter().any(|it| theirs.contains(it)) {
            continue;
        }
        found
            .report(value, format!("the services share no network: {} is unknown here", code(name)))
            .related(other.name.span(), "this service is meant")
            .help("put both on one network");
    }
}

/// The host of a URL without secrets, and of `host:port`.
pub(super) fn host(value: &str) -> Option<&str> {
    let rest = if let Some((_, rest)) = value.split_once("://") {
        rest.split(['/', '?', ',']).next()?.rsplit('@').next()?
    } else {
        value.split_once(':')?.1.parse::<u16>().ok()?;
        value
    };
    rest.split(':').next().filter(|it| !it.is_empty())
}
