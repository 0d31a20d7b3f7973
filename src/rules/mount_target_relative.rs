//! The path of a mount in the container is not absolute.
//!
//! ## Why
//!
//! Client and manager take it. The node refuses to make the container, so that no task of the
//! service ever runs.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - type: tmpfs
//!         target: cache
//! ```
//!
//! ## Fix
//!
//! Begin the path with `/`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes:
//!       - type: tmpfs
//!         target: /cache
//!         tmpfs: {size: 67108864}
//! ```
//!
//! ## Source
//!
//! Moby, `volume/mounts/linux_parser.go`: `mount path must be absolute`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::{Mount, text};
use crate::stack::{Service, Stack};
use crate::value::path::is_windows_absolute;

pub(super) const RULE: Rule = Rule {
    id: "mount-target-relative",
    summary: "path in the container is not absolute",
    group: Group::Storage,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let sure = |it: &&Mount| text(it.kind.as_ref()) != "npipe" && !it.place.is_unset();
    for mount in service.volumes.iter().filter(sure) {
        let Some(target) = mount.target.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let path = target.value.as_str();
        // A placeholder may become anything.
        if path.is_empty() || path.starts_with(['/', '{']) || is_windows_absolute(path) {
            continue;
        }
        found
            .report(target, format!("{} is not absolute: no task can start", code(path)))
            .help("begin the path in the container with `/`");
    }
}
