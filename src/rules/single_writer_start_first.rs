//! An update runs two copies of a database on one data folder.
//!
//! ## Why
//!
//! With `order: start-first` the new task starts while the old one still runs. Two processes then
//! write one data folder: the new one stops at the lock, or the data is destroyed.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy:
//!       placement: {constraints: [node.labels.db == true]}
//!       update_config: {order: start-first}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Stop the old task first:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy:
//!       placement: {constraints: [node.labels.db == true]}
//!       update_config: {order: stop-first}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! SwarmKit's updater (`manager/orchestrator/update/updater.go`): the old task is stopped when the
//! new one runs.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::data_mount;
use crate::rules::services::{known, start_first};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "single-writer-start-first",
    summary: "update with two copies of a database at once",
    group: Group::Rollout,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let (Some(order), Some(known)) = (start_first(service), known(service)) else { return };
    if !known.product.single_writer || data_mount(service, &known).is_none() {
        return;
    }
    let patch = found.site(order.place.span).and_then(|it| it.replace("stop-first"));
    found
        .report(order, "the new task writes the data folder while the old one still does")
        .help("use `stop-first`")
        .fix(Patch::safe(patch, "stop the old task first"));
}
