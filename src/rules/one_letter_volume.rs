//! A volume with a name of one letter is taken for a drive of Windows.
//!
//! ## Why
//!
//! In short form `a:/data` is a path with a drive to Docker. It makes a nameless volume that is
//! mounted at `a:/data`, and the volume `a` stays empty.
//!
//! ## Example
//!
//! ```yaml bad also unused-volume
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["a:/data"]
//! volumes:
//!   a: {}
//! ```
//!
//! ## Fix
//!
//! Give the volume a longer name, or mount it in long form:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - {type: volume, source: a, target: /data}
//!     deploy: {placement: {constraints: [node.hostname == n1]}}
//! volumes:
//!   a: {}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/volume.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "one-letter-volume",
    summary: "name of a volume that is taken for a drive",
    group: Group::Storage,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, stack: &Stack, found: &mut Findings) {
    for mount in service.volumes.iter().filter(|it| it.short && !it.place.is_unset()) {
        let written = mount.source.as_ref().or(mount.target.as_ref());
        let Some((name, _)) = written.and_then(|it| it.value.split_once(":/")) else { continue };
        let volume = stack.volumes.iter().find(|it| it.name.value == name);
        if let Some(volume) = volume.filter(|_| name.len() == 1) {
            found
                .report(mount.place, format!("Docker takes {} for a drive of Windows", code(name)))
                .related(volume.name.span(), "this volume is not mounted")
                .help("give the volume a longer name, or mount it in long form");
        }
    }
}
