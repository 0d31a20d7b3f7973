//! An empty variable gets the value that the deploying shell has.
//!
//! ## Why
//!
//! Docker does not tell an empty value from none: where a variable is written without a value, or
//! with `""`, it takes that of the shell in which the deploy runs. What is meant to be empty then
//! holds whatever somebody has exported, a token of their own perhaps.
//!
//! ## Example
//!
//! ```console
//! $ export HTTP_PROXY=http://proxy.example.com:3128
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     environment:
//!       HTTP_PROXY: ""
//! ```
//!
//! ## Fix
//!
//! Unset the variable for the deploy, or take the line out of the file:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `resolveEnvironment` in `cli/compose/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "empty-variable-filled",
    summary: "empty variable that the shell fills",
    group: Group::Variables,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for variable in service.environment.iter().filter(|it| it.from_shell) {
        let name = variable.name.value.as_str();
        let written = found.text(variable.place.span);
        // `NAME` alone, and no value at all, ask for the shell's.
        let is_empty = matches!(written, "\"\"" | "''")
            || written.trim_matches(['"', '\'']) == format!("{name}=");
        if is_empty {
            found
                .report(variable.place, format!("{} is set in the shell, and gets that value", code(name)))
                .help("unset it before the deploy, or take the line out");
        }
    }
}
