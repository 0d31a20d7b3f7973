//! `max_replicas_per_node` stands on a global service.
//!
//! ## Why
//!
//! A global service has one task on each node, whatever the limit says.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   agent:
//!     image: nginx:1.27
//!     deploy:
//!       mode: global
//!       placement: {max_replicas_per_node: 1}
//! ```
//!
//! ## Fix
//!
//! Remove it:
//!
//! ```yaml good
//! services:
//!   agent:
//!     image: nginx:1.27
//!     deploy:
//!       mode: global
//! ```
//!
//! ## Source
//!
//! SwarmKit, `api/specs.proto`: `max_replicas`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::mode;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "max-replicas-on-global",
    summary: "limit per node on a global service",
    group: Group::Placement,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(deploy) = service.deploy.as_ref() else { return };
    let Some(most) = &deploy.placement.max_replicas_per_node else { return };
    if most.value > 0 && mode(service).starts_with("global") {
        let patch = found.site(most.span()).and_then(|it| it.remove());
        found
            .report(most, "a global service has one task on each node: the limit says nothing")
            .help("remove `max_replicas_per_node`")
            .fix(Patch::safe(patch, "remove `max_replicas_per_node`"));
    }
}
