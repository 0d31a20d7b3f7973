//! Two services answer to one name.
//!
//! ## Why
//!
//! On a network a name is looked up among services and aliases alike. Where two have it, clients
//! reach sometimes the one and sometimes the other.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: example/db:4.2
//!     networks: [inner]
//!   replica:
//!     image: example/db:4.2
//!     networks:
//!       inner: {aliases: [db]}
//! networks:
//!   inner: {}
//! ```
//!
//! ## Fix
//!
//! Give each a name of its own:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: example/db:4.2
//!     networks: [inner]
//!   replica:
//!     image: example/db:4.2
//!     networks:
//!       inner: {aliases: [db-replica]}
//! networks:
//!   inner: {}
//! ```
//!
//! ## Source
//!
//! The Engine's name server answers with the addresses of all that have the name.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::networks;
use crate::rules::words::code;
use crate::source::{Named, Span};
use crate::stack::Service;
use crate::stack::Stack;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "alias-conflict",
    summary: "two services answer to one name",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut names: BTreeMap<(&str, &str), (&Named<Service>, Span, bool)> = BTreeMap::new();
    for service in &stack.services {
        for network in networks(service) {
            let own = (service, service.name.span(), false);
            names.insert((network, service.name.value.as_str()), own);
        }
    }
    for service in &stack.services {
        for network in &service.networks {
            let aliases = network.value.iter().flat_map(|it| &it.aliases);
            for alias in aliases.filter(|it| !it.place.is_unset()) {
                let key = (network.name.value.as_str(), alias.value.as_str());
                let Some((other, span, is_alias)) = names.get(&key) else {
                    names.insert(key, (service, alias.span(), true));
                    continue;
                };
                if other.name.value == service.name.value {
                    continue;
                }
                let finding = found.report(
                    alias,
                    format!("{} answers to {} on this network as well", code(&other.name.value), code(&alias.value)),
                );
                finding.related(*span, "the other name").help("give each a name of its own");
                // Some share an alias on purpose, to move clients from one service to the other.
                if *is_alias {
                    finding.at_most(Severity::Info);
                }
            }
        }
    }
}
