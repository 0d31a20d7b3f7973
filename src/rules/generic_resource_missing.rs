//! A service reserves a kind of resource that no node offers.
//!
//! ## Why
//!
//! Each daemon says which generic resources, such as GPUs, its node has. Where no node that the
//! service may use offers the kind, its tasks stay pending for ever.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, generic_resources: {GPU: 2}}
//! ```
//!
//! ```yaml bad
//! services:
//!   train:
//!     image: tensorflow/tensorflow:2.16.1
//!     deploy:
//!       resources:
//!         reservations:
//!           generic_resources:
//!             - discrete_resource_spec: {kind: gpu, value: 1}
//! ```
//!
//! ## Fix
//!
//! Correct the kind, whose case counts, or offer the resource: `node-generic-resources` in the
//! configuration of the node's daemon.
//!
//! ```yaml good
//! services:
//!   train:
//!     image: tensorflow/tensorflow:2.16.1
//!     deploy:
//!       resources:
//!         reservations:
//!           generic_resources:
//!             - discrete_resource_spec: {kind: GPU, value: 1}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/scheduler/filter.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::placing::{Cause, cause, eligible, missing_kinds};
use crate::rules::words::{code, nearest};
use crate::source::Named;
use crate::stack::Service;

pub(super) const RULE: Rule = Rule {
    id: "generic-resource-missing",
    summary: "reserved resource that no node offers",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Placement(check),
};

fn check(service: &Named<Service>, deployment: &Deployment, found: &mut Findings) {
    if cause(service, deployment) != Some(Cause::Generic) {
        return;
    }
    let nodes = eligible(service, deployment.cluster);
    let known = || nodes.iter().flat_map(|it| &it.generic_resources).map(|it| it.kind.as_str());
    for it in missing_kinds(service, &nodes) {
        let Some(kind) = &it.kind else { continue };
        let finding = found
            .report(kind, format!("no node for the service offers {}", code(&kind.value)));
        let help = nearest(&kind.value, known()).map_or_else(
            || format!("set `node-generic-resources: [\"{}=1\"]` for a node's daemon", kind.value),
            |it| format!("did you mean {}?", code(it)),
        );
        finding.help(help);
    }
}
