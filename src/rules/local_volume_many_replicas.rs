//! Several replicas share a volume that each node has for itself.
//!
//! ## Why
//!
//! Each node has local volumes of its own. Replicas on different nodes see different files under one
//! name: what one writes, the others do not find.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     volumes: ["uploads:/srv/uploads"]
//!     deploy: {replicas: 3}
//! volumes:
//!   uploads: {}
//! ```
//!
//! ## Fix
//!
//! Use a volume that every node reaches, or one that each task has for itself:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     volumes: ["uploads:/srv/uploads"]
//!     deploy: {replicas: 3}
//! volumes:
//!   uploads:
//!     driver_opts: {type: nfs, o: "addr=10.0.0.9,nfsvers=4.2", device: ":/uploads"}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Volumes": the `local` driver keeps a volume on one node, and Swarm makes an
//! empty one where it is missing.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::local_volume;
use crate::rules::services::{may_have_one_node, replicas};
use crate::rules::single_writer_many_replicas::second_writer;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "local-volume-many-replicas",
    summary: "several replicas on a volume of one node",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    let Some(count) = replicas(service).filter(|it| *it > 1) else { return };
    let one_each = service.deploy.as_ref().is_some_and(|it| {
        it.placement.max_replicas_per_node.as_ref().is_some_and(|it| it.value == 1)
    });
    if one_each || may_have_one_node(service) || second_writer(service, stack).is_some() {
        return;
    }
    let written = service.volumes.iter().filter(|it| !is_true(&it.read_only));
    for volume in written.filter_map(|it| local_volume(it, stack)) {
        found
            .report(
                volume,
                format!("the {count} replicas see different files in {} on each node", code(&volume.value)),
            )
            .help("use a volume that every node reaches, or run one replica");
    }
}
