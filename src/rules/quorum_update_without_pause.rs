//! Members that vote are updated one after another without a pause.
//!
//! ## Why
//!
//! A member counts as updated when its process runs, not when it has joined the others again.
//! Without a healthcheck and without a delay the next one stops at once: the majority is lost, and
//! with it the service.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   etcd:
//!     image: quay.io/coreos/etcd:v3.5.18
//!     deploy:
//!       replicas: 3
//!       placement: {max_replicas_per_node: 1}
//! ```
//!
//! ## Fix
//!
//! Check the health of the members, or wait between them:
//!
//! ```yaml good
//! services:
//!   etcd:
//!     image: quay.io/coreos/etcd:v3.5.18
//!     healthcheck: {test: [CMD, etcdctl, endpoint, health]}
//!     deploy:
//!       replicas: 3
//!       placement: {max_replicas_per_node: 1}
//!       update_config: {delay: 30s}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`); the manuals of etcd, Consul and
//! ZooKeeper on rolling upgrades.

use crate::diagnostic::Severity;
use crate::image::Kind;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{head, is_checked, known, mode, replicas, update};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "quorum-update-without-pause",
    summary: "voting members updated without a pause",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let votes = known(service).is_some_and(|it| it.product.kind == Kind::Quorum);
    let many = replicas(service).map_or(mode(service) == "global", |it| it > 1);
    let delay = update(service).and_then(|it| it.delay.as_ref());
    if votes && many && !is_checked(service) && delay.is_none_or(|it| it.value == 0 && !it.place.is_unset()) {
        let at = delay.map_or_else(|| head(service), |it| it.place);
        found
            .report(at, "the next member stops before this one has joined the others again")
            .help("add a `healthcheck`, or `update_config: {delay: 30s}`");
    }
}
