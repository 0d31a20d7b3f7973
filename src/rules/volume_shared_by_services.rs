//! Two services share a volume that each node has for itself.
//!
//! ## Why
//!
//! Each node has local volumes of its own. Where the tasks of the two services are on different
//! nodes, each sees a volume of its own: what one writes, the other does not find.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ["uploads:/srv/uploads"]
//!   web:
//!     image: nginx:1.27
//!     volumes: ["uploads:/usr/share/nginx/html:ro"]
//! volumes:
//!   uploads: {}
//! ```
//!
//! ## Fix
//!
//! Keep both on one node, or use a volume that every node reaches:
//!
//! ```yaml good
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ["uploads:/srv/uploads"]
//!     deploy: {placement: {constraints: [node.labels.uploads == true]}}
//!   web:
//!     image: nginx:1.27
//!     volumes: ["uploads:/usr/share/nginx/html:ro"]
//!     deploy: {placement: {constraints: [node.labels.uploads == true]}}
//! volumes:
//!   uploads: {}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Volumes": the `local` driver keeps a volume on one node, and Swarm makes an
//! empty one where it is missing.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::local_volume;
use crate::rules::services::{may_have_one_node, mode};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::Service;
use crate::stack::Stack;
use crate::stack::model::{Mount, is_true};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "volume-shared-by-services",
    summary: "two services share a volume of one node",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mut users: BTreeMap<&str, Vec<(&Named<Service>, &Mount)>> = BTreeMap::new();
    for service in &stack.services {
        for mount in &service.volumes {
            let Some(volume) = local_volume(mount, stack) else { continue };
            let list = users.entry(volume.value.as_str()).or_default();
            if list.last().is_none_or(|it| it.0.name.value != service.name.value) {
                list.push((service, mount));
            }
        }
    }
    for (volume, users) in users {
        let meet = users.iter().all(|it| may_have_one_node(it.0))
            || users.iter().all(|it| mode(it.0).starts_with("global"));
        let only_read = users.iter().all(|it| is_true(&it.1.read_only));
        let [(first, other), (second, mount), ..] = users.as_slice() else { continue };
        if meet || only_read {
            continue;
        }
        let names = (code(&first.name.value), code(&second.name.value));
        found
            .report(
                mount.source.as_ref().map_or(mount.place, |it| it.place),
                format!("{} and {} see different files in {} on different nodes", names.0, names.1, code(volume)),
            )
            .related(other.place.span, "also mounted here")
            .help("keep both on one node, or use a volume that every node reaches");
    }
}
