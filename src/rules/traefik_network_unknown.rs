//! Traefik is pointed to a network that the service is not on.
//!
//! ## Why
//!
//! Traefik looks for the network by its name in the swarm. A network of the stack is called
//! `STACK_NETWORK` there, unless `name` says otherwise. Where Traefik does not find it, it takes any
//! network of the service, which it may not be on itself: requests end in 504.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     networks: [public]
//!     deploy:
//!       labels:
//!         traefik.docker.network: public
//! networks:
//!   public: {}
//! ```
//!
//! ## Fix
//!
//! Give the network a name of its own, or write the name with the stack's:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     networks: [public]
//!     deploy:
//!       labels:
//!         traefik.docker.network: public
//! networks:
//!   public:
//!     name: public
//! ```
//!
//! ## Source
//!
//! Traefik's manual, "Docker Swarm" provider: "Maybe you're missing the project's prefix in the
//! label?" is what it logs.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{DEFAULT_NETWORK, network, networks};
use crate::rules::traefik::of_service;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "traefik-network-unknown",
    summary: "Traefik is pointed to a network of another name",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    for label in of_service(service) {
        let name = label.name.value.to_ascii_lowercase();
        if !matches!(name.as_str(), "traefik.docker.network" | "traefik.swarm.network")
            || label.value.place.is_unset()
        {
            continue;
        }
        let wanted = label.value.value.as_str();
        let keys = networks(service);
        if keys.iter().any(|key| is_called(key, wanted, stack)) {
            continue;
        }
        let finding = found.report(
            label.value.place,
            format!("the service is on no network that the swarm calls {}", code(wanted)),
        );
        if keys.contains(&wanted) {
            finding.help(format!(
                "write {}, or give the network a `name`",
                code(&format!("STACK_{wanted}"))
            ));
        } else {
            finding.help("name a network that both Traefik and the service are on");
        }
    }
}

/// Whether a network of the stack may have a name in the swarm. The stack's name is not known.
fn is_called(key: &str, name: &str, stack: &Stack) -> bool {
    let network = network(stack, key);
    if network.is_none() && key != DEFAULT_NETWORK {
        return true;
    }
    match network.and_then(|it| it.value.name.as_ref()) {
        Some(own) => own.place.is_unset() || own.value == name,
        None if network.is_some_and(|it| is_true(&it.external)) => key == name,
        None => name.strip_suffix(key).is_some_and(|it| it.len() > 1 && it.ends_with('_')),
    }
}
