//! A service can write where the node's system is.
//!
//! ## Why
//!
//! Who breaks into the container writes a password, a key or a program of the node, and is root
//! there.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     volumes: ["/:/host"]
//!     deploy: {mode: global}
//! ```
//!
//! ## Fix
//!
//! Mount what is needed, and only to read:
//!
//! ```yaml good
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     volumes: ["/:/host:ro"]
//!     deploy: {mode: global}
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 5.5.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

/// What a node is made of.
const PATHS: &[&str] = &[
    "/", "/bin", "/boot", "/etc", "/lib", "/lib64", "/proc", "/root", "/sbin", "/sys", "/usr", "/var",
    "/var/lib/docker",
];

/// A host path that holds the node's system.
pub(super) fn is_system(path: &str) -> bool {
    PATHS.contains(&path) || path.strip_suffix('/').is_some_and(|it| PATHS.contains(&it))
}

pub(super) const RULE: Rule = Rule {
    id: "sensitive-host-mount",
    summary: "service that can write to the node's system",
    group: Group::Security,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for mount in service.volumes.iter().filter(|it| !is_true(&it.read_only)) {
        if let Some(source) = bind_source(mount).filter(|it| is_system(&it.value)) {
            found
                .report(source, format!("it can write {} of the node", code(&source.value)))
                .help("add `:ro`, or mount only what is needed");
        }
    }
}
