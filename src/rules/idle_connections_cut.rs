//! Idle connections to a service are dropped after a quarter of an hour.
//!
//! ## Why
//!
//! A service is reached through a virtual address, and the kernel forgets a connection there that
//! was silent for 900 seconds. Pools of a database then hold dead connections: "connection reset by
//! peer".
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Fix
//!
//! Let clients find the tasks themselves, or send something more often:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     deploy: {endpoint_mode: dnsrr}
//! ```
//!
//! ## Source
//!
//! moby/moby#31208, docker-library/postgres#1110.

use crate::diagnostic::Severity;
use crate::image::Kind;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{head, known};
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "idle-connections-cut",
    summary: "idle connections dropped after 15 minutes",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::All,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(known) = known(service) else { return };
    let keeps = matches!(known.product.kind, Kind::Database | Kind::Queue) && !known.product.ports.is_empty();
    let direct = text(service.deploy.as_ref().and_then(|it| it.endpoint_mode.as_ref())) == "dnsrr";
    let sends = service.sysctls.iter().any(|it| it.name.value == "net.ipv4.tcp_keepalive_time")
        || service.command.iter().flatten().any(|it| it.value.contains("keepalive"));
    if keeps && !direct && !sends {
        found
            .report(head(service), "connections that are silent for 900 seconds are dropped")
            .help("use `endpoint_mode: dnsrr`, or set `net.ipv4.tcp_keepalive_time` below that");
    }
}
