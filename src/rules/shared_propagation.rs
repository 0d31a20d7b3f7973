//! Mounts made in a container appear on the node.
//!
//! ## Why
//!
//! With `shared` or `rshared` on a folder of the system a container can put its own files over those
//! of the node.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     volumes: ["/:/host:ro,rshared"]
//!     deploy: {mode: global}
//! ```
//!
//! ## Fix
//!
//! Let the node's mounts appear in the container only:
//!
//! ```yaml good
//! services:
//!   agent:
//!     image: example/agent:1.0
//!     volumes: ["/:/host:ro,rslave"]
//!     deploy: {mode: global}
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 5.19.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::rules::sensitive_host_mount::is_system;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "shared-propagation",
    summary: "mounts made in a container appear on the node",
    group: Group::Security,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for mount in &service.volumes {
        let Some(option) = mount.bind.as_ref().and_then(Option::as_ref) else { continue };
        let is_shared = matches!(option.value.as_str(), "shared" | "rshared");
        if is_shared && bind_source(mount).is_some_and(|it| is_system(&it.value)) {
            found
                .report(option, "what the container mounts here appears on the node")
                .help("use `rslave`, or nothing");
        }
    }
}
