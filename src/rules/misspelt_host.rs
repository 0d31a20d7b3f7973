//! A variable names a host that is nearly a service.
//!
//! ## Why
//!
//! Docker's name server knows the services of a network. A name with a slip in it is looked up
//! elsewhere, and not found.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     environment: {DATABASE_URL: "postgres://databse:5432/shop"}
//!   database:
//!     image: example/database:4.2
//! ```
//!
//! ## Fix
//!
//! Write the name of the service:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     environment: {DATABASE_URL: "postgres://database:5432/shop"}
//!   database:
//!     image: example/database:4.2
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Networking with overlay networks".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::no_common_network::host;
use crate::rules::words::{code, nearest};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "misspelt-host",
    summary: "host that is nearly the name of a service",
    group: Group::References,
    severity: Severity::Info,
    preset: Preset::All,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    for variable in service.environment.iter().filter(|it| !it.from_shell) {
        let Some(value) = variable.value.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let Some(name) = host(&value.value).filter(|it| it.len() > 3 && !it.contains('.')) else {
            continue;
        };
        let is_number = name.chars().all(|it| it.is_ascii_digit());
        if is_number || name == "localhost" || is_known(name, stack) {
            continue;
        }
        let names = stack.services.iter().map(|it| it.name.value.as_str());
        if let Some(meant) = nearest(name, names) {
            found
                .report(value, format!("no service is named {}", code(name)))
                .help(format!("did you mean {}?", code(meant)));
        }
    }
}

/// Whether something of the stack answers to a name.
fn is_known(name: &str, stack: &Stack) -> bool {
    stack.services.iter().any(|it| {
        let aliases = it.networks.iter().flat_map(|it| &it.value).flat_map(|it| &it.aliases);
        let hosts = it.extra_hosts.iter().filter_map(|it| it.value.split(':').next());
        it.name.value == name
            || name.ends_with(&format!("_{}", it.name.value))
            || it.hostname.as_ref().is_some_and(|it| it.value == name)
            || aliases.map(|it| it.value.as_str()).chain(hosts).any(|it| it == name)
    })
}
