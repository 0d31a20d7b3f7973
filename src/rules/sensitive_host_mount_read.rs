//! A service can read the node's system.
//!
//! ## Why
//!
//! It sees passwords, keys and the data of all other containers of the node.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     volumes: ["/:/host:ro"]
//!     deploy: {mode: global}
//! ```
//!
//! ## Fix
//!
//! Mount only what is needed:
//!
//! ```yaml good
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     volumes: ["/var/log/nginx:/logs:ro"]
//!     deploy: {mode: global}
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 5.5.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::rules::sensitive_host_mount::is_system;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "sensitive-host-mount-read",
    summary: "service that can read the node's system",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for mount in service.volumes.iter().filter(|it| is_true(&it.read_only)) {
        if let Some(source) = bind_source(mount).filter(|it| is_system(&it.value)) {
            found
                .report(source, format!("it can read {} of the node", code(&source.value)))
                .help("mount only what is needed");
        }
    }
}
