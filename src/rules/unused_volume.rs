//! A volume is declared and used by no service.
//!
//! ## Why
//!
//! Docker creates a volume for a mount. A declared one that nobody mounts is a remnant, or data
//! goes elsewhere than somebody believes.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! volumes:
//!   spare:
//!     driver: local
//! ```
//!
//! ## Fix
//!
//! Remove it, or give it to the service that is meant to have it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["back:/data"]
//!     deploy: {placement: {constraints: [node.hostname == n1]}}
//! volumes:
//!   back:
//!     driver: local
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/swarm/deploy_composefile.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::unused;
use crate::stack::Stack;
use crate::stack::model::{Text, is_true};
use crate::stack::problem::Object;

pub(super) const RULE: Rule = Rule {
    id: "unused-volume",
    summary: "volume is declared and used by no service",
    group: Group::References,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let mounts = stack.services.iter().flat_map(|it| &it.volumes);
    let used: Vec<&Text> = mounts.filter_map(|it| it.source.as_ref()).collect();
    let declared = stack.volumes.iter().map(|it| (&it.name, is_true(&it.external)));
    unused::report(Object::Volume, declared, &used, stack, found);
}
