//! A mount in short form cannot be read.
//!
//! ## Why
//!
//! The short form is `[SOURCE:]TARGET[:OPTIONS]`, its parts separated by colons, none of them
//! empty. A volume whose name is one letter cannot be written this way: Docker takes it for a
//! Windows drive.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/data:/data:ro:extra"]
//! ```
//!
//! ## Fix
//!
//! Write at most three parts, or use the long form:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/data:/data:ro"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/volume.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "mount-syntax",
    summary: "mount in short form cannot be read",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Value { grammar: Grammar::Mount, text, reason } = &problem.kind else { return };
    let message = if text.is_empty() {
        "an empty mount".to_owned()
    } else if reason.contains("too many colons") {
        format!("mount {} has more than three parts", code(text))
    } else if reason.contains("empty section") {
        format!("mount {} has an empty part between two colons", code(text))
    } else {
        format!("mount {} cannot be read", code(text))
    };
    found.report(problem, message).help("write `SOURCE:TARGET[:OPTIONS]`, or the long form");
}
