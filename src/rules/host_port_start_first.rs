//! A service holds a port of its node and starts the new task first.
//!
//! ## Why
//!
//! With `order: start-first` the old task stops when the new one runs. Where both need one port of
//! one node, because the service is global or a constraint names the node, the new task never gets
//! the port. Swarm waits without limit: the update neither ends nor rolls back.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     ports: [{target: 443, published: 443, mode: host}]
//!     deploy:
//!       mode: global
//!       update_config: {order: start-first}
//! ```
//!
//! ## Fix
//!
//! Stop the old task first:
//!
//! ```yaml good
//! services:
//!   proxy:
//!     image: traefik:v3.3
//!     ports: [{target: 443, published: 443, mode: host}]
//!     deploy:
//!       mode: global
//!       update_config: {order: stop-first}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater has no time limit for a task that waits for its node
//! (`manager/orchestrator/update/updater.go`); moby/moby#36934.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{has_one_node, host_port, mode, replicas, start_first};
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "host-port-start-first",
    summary: "update that waits for its own port of the node",
    group: Group::Rollout,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some((order, port)) = blocked(service) else { return };
    let patch = found.site(order.span()).and_then(|it| it.replace("stop-first"));
    found
        .report(order, format!("the old task holds port {port} of the node, so the new one never starts"))
        .help("use `stop-first`")
        .note("Swarm waits without limit: the update does not fail and does not roll back")
        .fix(Patch::safe(patch, "use `stop-first`"));
}

/// The order that blocks the next update on every cluster, and the port that is at stake.
pub(super) fn blocked(service: &Named<Service>) -> Option<(&Text, u32)> {
    let order = start_first(service)?;
    let port = service.ports.iter().find_map(host_port)?;
    let same_node = mode(service) == "global"
        || has_one_node(service) && replicas(service).is_some_and(|it| it > 0);
    same_node.then_some((order, port))
}
