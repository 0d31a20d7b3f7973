//! A single configuration file is mounted from the nodes.
//!
//! ## Why
//!
//! The file has to lie on every node that may run the task, in the same version. Swarm hands a
//! config to whichever node needs it, and a change is a deploy like any other.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/nginx.conf:/etc/nginx/nginx.conf:ro"]
//! ```
//!
//! ## Fix
//!
//! Make it a config:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: nginx, target: /etc/nginx/nginx.conf}]
//! configs:
//!   nginx:
//!     external: true
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Store configuration data using Docker Configs".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

/// The ends of files that hold settings.
const FILES: &[&str] =
    &["cfg", "conf", "ini", "json", "properties", "toml", "xml", "yaml", "yml"];

pub(super) const RULE: Rule = Rule {
    id: "config-as-bind",
    summary: "configuration file mounted from the nodes",
    group: Group::Storage,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for mount in service.volumes.iter().filter(|it| is_true(&it.read_only)) {
        let (Some(source), Some(target)) = (bind_source(mount), &mount.target) else { continue };
        let end = |path: &str| path.rsplit('/').next().and_then(|it| it.rsplit_once('.')).map(|it| it.1.to_owned());
        let is_file = end(&target.value).is_some_and(|it| FILES.contains(&it.as_str()));
        if is_file && end(&source.value) == end(&target.value) {
            found
                .report(source, format!("{} has to lie on every node, in one version", code(&source.value)))
                .help("make it a config: Swarm brings it to the nodes");
        }
    }
}
