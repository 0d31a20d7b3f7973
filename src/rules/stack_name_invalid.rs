//! The stack has no usable name.
//!
//! ## Why
//!
//! The name begins the names of everything in the stack. Docker refuses one that is empty, or
//! nothing but blanks and quotes.
//!
//! ## Example
//!
//! ```console bad
//! $ docker stack deploy -c stack.yml '" "'
//! ```
//!
//! ## Fix
//!
//! Give a name of letters, digits, `-` and `_`:
//!
//! ```console good
//! $ docker stack deploy -c stack.yml shop
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/common.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "stack-name-invalid",
    summary: "stack has no usable name",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::InvalidStackName { name } = &problem.kind else { return };

    found
        .report(problem, format!("{} is no name for a stack", code(name)))
        .help("give one with `-s NAME`, of letters, digits, `-` and `_`");
}
