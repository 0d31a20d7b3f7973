//! A placement constraint compares the architecture with a name that nodes do not report.
//!
//! ## Why
//!
//! Nodes report what their kernel says: `x86_64`, `aarch64`, `armv7l`. `amd64` and `arm64` name the
//! platforms of images. In a constraint they match no node, and the tasks stay pending.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.platform.arch == amd64]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.platform.arch == x86_64]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::rules::words::code;
use crate::source::{Named, Place};
use crate::stack::{Service, Stack};
use crate::value::constraint::Key;

/// Names of architectures, and what nodes report instead.
pub(super) const ALIASES: &[(&str, &str)] =
    &[("amd64", "x86_64"), ("x64", "x86_64"), ("x86-64", "x86_64"), ("arm64", "aarch64")];

pub(super) const RULE: Rule = Rule {
    id: "constraint-arch-alias",
    summary: "placement constraint on an architecture by the wrong name",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in each(service) {
        if it.constraint.key != Key::Arch {
            continue;
        }
        let value = &it.constraint.value;
        let lower = value.text.to_ascii_lowercase();
        let Some((_, reported)) = ALIASES.iter().find(|it| it.0 == lower) else { continue };
        let span = it.part(value);
        let at = Place { span, ..it.text.place };
        let finding = found
            .report(at, format!("nodes report {}, never {}", code(reported), code(&value.text)));
        finding.help(format!("write {}", code(reported)));
        let patch = Patch::part(it.text.place, &value.range, reported);
        finding.fix(Patch::safe(patch, format!("replace it with {}", code(reported))));
    }
}
