//! A proxy sees the routing mesh in place of its clients.
//!
//! ## Why
//!
//! Packets that come in through the routing mesh carry an address of the mesh, such as 10.0.0.2.
//! Logs, limits per client and lists of allowed addresses do not work.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     ports: ["443:443"]
//! ```
//!
//! ## Fix
//!
//! Publish in host mode, on each node that runs the proxy:
//!
//! ```yaml good
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     ports: [{target: 443, published: 443, mode: host}]
//!     deploy: {mode: global}
//! ```
//!
//! ## Source
//!
//! moby/moby#25526, open since 2016.

use crate::diagnostic::Severity;
use crate::image::Kind;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{host_port, known};
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "client-address-hidden",
    summary: "proxy that sees the mesh in place of its clients",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    if known(service).is_none_or(|it| it.product.kind != Kind::Proxy) {
        return;
    }
    let routed = service.ports.iter().find(|it| host_port(it).is_none() && text(it.mode.as_ref()) != "host");
    if let Some(port) = routed {
        found
            .report(port.place, "it sees an address of the routing mesh in place of each client's")
            .help("publish with `mode: host`, and run it on each node that clients reach");
    }
}
