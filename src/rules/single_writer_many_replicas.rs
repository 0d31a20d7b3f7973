//! Several replicas of a database share one data folder.
//!
//! ## Why
//!
//! A database takes its data folder for its own. Two processes on one folder destroy it, or the
//! second one stops; where each node has a volume of its own, every replica answers with other data.
//! Replicas of a service are not a cluster of the database.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy:
//!       replicas: 2
//!       placement: {constraints: [node.labels.db == true]}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Run one replica. For a cluster give each member a service and a volume of its own:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy:
//!       placement: {constraints: [node.labels.db == true]}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! The databases' manuals: the lock files `postmaster.pid`, `ibdata1`, `mongod.lock`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::{data_mount, is_per_task, volume};
use crate::rules::services::{known, replicas};
use crate::source::Named;
use crate::stack::model::Mount;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "single-writer-many-replicas",
    summary: "several replicas of a database on one data folder",
    group: Group::Storage,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    let Some((count, mount)) = second_writer(service, stack) else { return };
    let at = service.deploy.as_ref().and_then(|it| it.replicas.as_ref());
    let product = known(service).map_or("", |it| it.product.speaks);
    let what = if product.is_empty() { "the service" } else { product };
    let finding = found.report(
        at.map_or(mount.place, |it| it.place),
        format!("{count} replicas of {what} write one data folder"),
    );
    finding.related(mount.place.span, "the data folder").help("run one replica");
}

/// How many replicas of a database that stands no second writer there are, and their data.
pub(super) fn second_writer<'a>(service: &'a Service, stack: &Stack) -> Option<(u64, &'a Mount)> {
    let count = replicas(service).filter(|it| *it > 1)?;
    let known = known(service).filter(|it| it.product.single_writer)?;
    let mount = data_mount(service, &known)?;
    let source = mount.source.as_ref()?;
    // Members of a cluster that bring their own folder, one for each node or task.
    let one_each = service.deploy.as_ref().is_some_and(|it| {
        it.placement.max_replicas_per_node.as_ref().is_some_and(|it| it.value == 1)
    });
    let volume = volume(stack, &source.value);
    let one_each = one_each || volume.is_some_and(|it| is_per_task(it));
    (!one_each && !source.value.contains("{{")).then_some((count, mount))
}
