//! A name holds characters that are not allowed.
//!
//! ## Why
//!
//! Names of services, networks, volumes, secrets and configs are made of letters, digits, `.`, `_`
//! and `-`. Docker refuses the file; its message calls the name an additional property.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   "web server":
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Rename it:
//!
//! ```yaml good
//! services:
//!   web-server:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::keys::Names;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-name",
    summary: "name with characters that are not allowed",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::InvalidName { key, names } = &violation.kind else { return };
    let help = match names {
        Names::Object => "use letters, digits, `.`, `_` and `-`",
        Names::Lowercase => "use lower-case letters",
        Names::NotEmpty | Names::OneLine => "a name is not empty and stands in one line",
    };
    let message = if key.is_empty() {
        "an empty name".to_owned()
    } else {
        format!("{} is no name", code(key))
    };
    found.report(problem, message).help(help);
}
