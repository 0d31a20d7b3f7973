//! A tmpfs has no size.
//!
//! ## Why
//!
//! It may grow to half of the node's memory. What is in it counts against the memory limit of the
//! service, and without a limit against the node.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: [{type: tmpfs, target: /tmp}]
//! ```
//!
//! ## Fix
//!
//! Give it a size, in bytes:
//!
//! ```yaml good
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: [{type: tmpfs, target: /tmp, tmpfs: {size: 67108864}}]
//! ```
//!
//! ## Source
//!
//! Docker's manual, "tmpfs mounts".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "tmpfs-without-size",
    summary: "tmpfs without a size",
    group: Group::Storage,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for mount in service.volumes.iter().filter(|it| text(it.kind.as_ref()) == "tmpfs") {
        if mount.tmpfs.unwrap_or_default() == 0 {
            found
                .report(mount.place, "it may grow to half of the node's memory")
                .help("add `tmpfs: {size: …}`, in bytes");
        }
    }
}
