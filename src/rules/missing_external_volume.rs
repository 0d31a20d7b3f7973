//! An external volume is not among those that the inventory lists.
//!
//! ## Why
//!
//! Nobody looks an external volume up. A node that does not have it makes an empty local volume of
//! that name, and the service starts without its data.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager}
//! volumes: [shop_data]
//! ```
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//! volumes:
//!   data:
//!     external: true
//!     name: shop-data
//! ```
//!
//! ## Fix
//!
//! Correct the name, or create the volume on the nodes and list it in the inventory:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     volumes: ["data:/var/lib/postgresql/data"]
//! volumes:
//!   data:
//!     external: true
//!     name: shop_data
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/volume.go`: no lookup; nodes create volumes when a task
//! starts.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "missing-external-volume",
    summary: "external volume is not in the inventory",
    group: Group::References,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ExternalMissing { object: Object::Volume, name, known, scope: _ } = &problem.kind
    else {
        return;
    };
    let finding = found.report(problem, format!("the swarm has no volume {}", code(name)));
    finding.note("Docker does not look it up: each node makes an empty one");
    finding.help(
        did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| "create it on the nodes first, or correct its name".to_owned()),
    );
}
