//! A volume has no name.
//!
//! ## Why
//!
//! Every new task gets a new, empty volume: after an update or a move the data is gone from its
//! sight. The old volumes stay on the nodes and fill their disks.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: [/srv/data]
//! ```
//!
//! ## Fix
//!
//! Name the volume, and declare it:
//!
//! ```yaml good
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ["data:/srv/data"]
//!     deploy: {placement: {constraints: [node.labels.data == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Volumes": named and anonymous volumes.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::volume;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "anonymous-volume",
    summary: "volume without a name",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    for mount in &service.volumes {
        let is_unnamed = mount.source.as_ref().is_none_or(|it| it.value.is_empty() && !it.place.is_unset());
        let is_volume = text(mount.kind.as_ref()) == "volume";
        if !is_volume || !is_unnamed || mount.place.is_unset() {
            continue;
        }
        let target = text(mount.target.as_ref());
        // `a:/data` is a path of Windows to Docker.
        if mount.short && target.get(1..).is_some_and(|it| it.starts_with(":/")) {
            // `one-letter-volume` says so of volumes that are declared.
            if volume(stack, &target[..1]).is_some() {
                continue;
            }
            found
                .report(mount.place, format!("Docker takes {} for a drive", code(&target[..1])))
                .help("give the volume a name of two letters or more")
                .note("it mounts a new, unnamed volume on that path");
            continue;
        }
        found
            .report(mount.place, format!("each new task finds {} empty", code(target)))
            .help("name the volume, and declare it under `volumes`");
    }
}
