//! A published port is one that nodes often use themselves.
//!
//! ## Why
//!
//! A published port is taken on every node. Where the node has a service of its own there, packets
//! go to the container: with port 22 nobody gets into the node by SSH any more. Docker does not
//! refuse it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   git:
//!     image: gitea/gitea:1.23
//!     ports: ["22:22"]
//! ```
//!
//! ## Fix
//!
//! Publish another port, unless the nodes' own service has moved:
//!
//! ```yaml good
//! services:
//!   git:
//!     image: gitea/gitea:1.23
//!     ports: ["2222:22"]
//! ```
//!
//! ## Source
//!
//! The usual ports of OpenSSH, systemd-resolved and rpcbind.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

/// What many nodes run on a port.
const USUAL: &[(u32, &str)] = &[(22, "the SSH server"), (53, "the name server"), (111, "rpcbind")];

pub(super) const RULE: Rule = Rule {
    id: "node-service-port",
    summary: "published port that nodes often use themselves",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for port in &service.ports {
        let Some(published) = &port.published else { continue };
        let Some((_, what)) = USUAL.iter().find(|it| it.0 == published.value) else { continue };
        found
            .report(published.place, format!("{what} of the nodes uses {} as well", published.value))
            .help("publish another port, unless the nodes have moved theirs");
    }
}
