//! A database keeps its data outside of every mount.
//!
//! ## Why
//!
//! What is not on a mount belongs to the container. It is gone when the task moves, when the image
//! changes, and after every update: Swarm makes a new container each time.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql"]
//!     deploy: {placement: {constraints: [node.labels.db == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Mount a volume on the folder that the image writes to:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy: {placement: {constraints: [node.labels.db == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! The `VOLUME` lines of the images: a volume above that folder does not hold it, because the image
//! asks for one of its own there.

use crate::diagnostic::Severity;
use crate::image::Known;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{head, known};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "data-outside-volume",
    summary: "database data outside of every mount",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(known) = known(service).filter(Known::is_stateful) else { return };
    let Some(path) = known.data() else { return };
    // The data is elsewhere if a command, a variable or a config file says so.
    let moved = service.command.is_some()
        || service.entrypoint.is_some()
        || service.environment.iter().any(|it| it.name.value.contains("DATA"));
    let targets = || service.volumes.iter().filter_map(|it| it.target.as_ref());
    let inside = |outer: &str, inner: &str| {
        inner.strip_prefix(outer.trim_end_matches('/')).is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    // A mount below the folder holds a part of it, perhaps the one that counts.
    if moved || targets().any(|it| it.value == path || inside(path, &it.value)) {
        return;
    }
    let above = targets().find(|it| inside(&it.value, path));
    let at = above.map_or_else(|| head(service), |it| it.place);
    found
        .report(at, format!("{} is on no volume: the data is lost with the container", code(path)))
        .help(format!("mount a volume on {}", code(path)));
}
