//! A database has ten seconds to stop.
//!
//! ## Why
//!
//! After `stop_grace_period`, ten seconds by default, the process is killed. A database that still
//! writes then has to recover when it starts, which may take longer than a clean stop.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy: {placement: {constraints: [node.labels.db == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Give it up to a minute. Swarm waits no longer for the old task in an update:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     stop_grace_period: 1m
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy: {placement: {constraints: [node.labels.db == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! The databases' manuals on shutting down; SwarmKit's `defaultOldTaskTimeout`.

use crate::diagnostic::Severity;
use crate::edit::{New, Patch};
use crate::image::Known;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::data_mount;
use crate::rules::services::{head, known};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "stateful-short-grace",
    summary: "database that has ten seconds to stop",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(known) = known(service).filter(Known::is_stateful) else { return };
    if service.stop_grace_period.is_some() || data_mount(service, &known).is_none() {
        return;
    }
    let patch = found.site(service.place.span).and_then(|it| it.insert(&["stop_grace_period"], New::text("1m")));
    found
        .report(head(service), "after ten seconds it is killed, whatever it still writes")
        .help("add `stop_grace_period: 1m`")
        .fix(Patch::risky(patch, "let it stop for up to a minute"));
}
