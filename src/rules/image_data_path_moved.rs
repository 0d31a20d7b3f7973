//! A volume is mounted where the image refuses to find it.
//!
//! ## Why
//!
//! From version 18 on the PostgreSQL image keeps one folder per major version below
//! `/var/lib/postgresql`. It stops with an error if something is mounted on
//! `/var/lib/postgresql/data`, so that no data is overlooked.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:18
//!     volumes: ["data:/var/lib/postgresql/data"]
//!     deploy: {placement: {constraints: [node.labels.db == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Fix
//!
//! Mount the volume one folder higher. Data of an older version has to be moved or dumped first:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:18
//!     volumes: ["data:/var/lib/postgresql"]
//!     deploy: {placement: {constraints: [node.labels.db == true]}}
//! volumes:
//!   data: {}
//! ```
//!
//! ## Source
//!
//! docker-library/postgres#1259.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::known;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "image-data-path-moved",
    summary: "mount on a path that the image refuses",
    group: Group::Image,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(known) = known(service) else { return };
    let Some(path) = known.data() else { return };
    let former = known.product.data.iter().map(|it| it.1).take_while(|it| *it != path);
    for mount in &service.volumes {
        let Some(target) = &mount.target else { continue };
        let target_path = target.value.trim_end_matches('/');
        let is_set = service.environment.iter().any(|it| it.name.value == "PGDATA");
        if known.product.speaks == "PostgreSQL" && !is_set && former.clone().any(|it| it == target_path) {
            found
                .report(target, format!("this version stops with a volume on {}", code(target_path)))
                .help(format!("mount it on {}, after moving the data", code(path)));
        }
    }
}
