//! A folder of the nodes is mounted, and any node may run the task.
//!
//! ## Why
//!
//! Swarm does not make the folder. On a node without it the task is rejected, over and over; on a
//! node with another content the service works with other files.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/site:/usr/share/nginx/html:ro"]
//! ```
//!
//! ## Fix
//!
//! Name the nodes that have the folder, or keep it the same on all of them:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/site:/usr/share/nginx/html:ro"]
//!     deploy:
//!       placement: {constraints: [node.labels.site == true]}
//! ```
//!
//! ## Source
//!
//! The Engine says "bind source path does not exist"; moby/moby#29219.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::{bind_source, holds};
use crate::rules::services::{may_have_one_node, mode};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

/// What every node has.
const SYSTEM: &[&str] = &[
    "/dev", "/etc/group", "/etc/hostname", "/etc/hosts", "/etc/localtime", "/etc/machine-id",
    "/etc/os-release", "/etc/passwd", "/etc/resolv.conf", "/etc/ssl", "/etc/timezone", "/lib/modules",
    "/proc", "/run", "/sys", "/tmp", "/usr/share/zoneinfo", "/var/lib/docker", "/var/log", "/var/run",
];

pub(super) const RULE: Rule = Rule {
    id: "bind-mount-unpinned",
    summary: "folder of the nodes, and any node may run the task",
    group: Group::Storage,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    if may_have_one_node(service) || mode(service).starts_with("global") {
        return;
    }
    for source in service.volumes.iter().filter_map(bind_source) {
        let written = found.text(source.span()).trim_start_matches(['"', '\'']);
        let is_system = SYSTEM.iter().any(|it| holds(it, &source.value)) || source.value == "/";
        if written.starts_with('/') && !is_system {
            found
                .report(source, format!("every node needs {}, with the same content", code(&source.value)))
                .help("add a constraint for the nodes that have it");
        }
    }
}
