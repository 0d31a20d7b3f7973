//! A volume of one node is used by a service that may run on another.
//!
//! ## Why
//!
//! Each node has local volumes of its own. When the task moves to another node it finds a new, empty
//! volume there: the data seems lost, and the old node still holds it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Keep the service on the node that has the data, or use a volume that every node reaches:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy:
//!       placement:
//!         constraints: [node.labels.db == true]
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Volumes": the `local` driver keeps a volume on one node, and Swarm makes an
//! empty one where it is missing.

use crate::diagnostic::Severity;
use crate::image::Known;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::{data_mount, local_volume};
use crate::rules::services::{known, may_have_one_node, replicas};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "local-volume-unpinned",
    summary: "volume of one node, and tasks that may move",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    let moves = replicas(service).is_some_and(|it| it == 1) && !may_have_one_node(service);
    if !moves {
        return;
    }
    let known = known(service).filter(Known::is_stateful);
    let data = known.and_then(|it| data_mount(service, &it));
    let written = service.volumes.iter().filter(|it| !is_true(&it.read_only));
    let Some(volume) = data.into_iter().chain(written).find_map(|it| local_volume(it, stack)) else {
        return;
    };
    let finding = found.report(
        volume,
        format!("{} is empty on every other node that the task moves to", code(&volume.value)),
    );
    finding.help("add a constraint that keeps the service on the node with the data");
    // What an unknown image keeps there may be made again.
    if data.is_none() {
        finding.at_most(Severity::Info);
    }
}
