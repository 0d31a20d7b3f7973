//! Docker does not know the restart policy.
//!
//! ## Why
//!
//! Docker knows `no`, `always`, `unless-stopped` and `on-failure`, the last with an optional count
//! such as `on-failure:3`. It reads the value only when it deploys.
//!
//! ## Example
//!
//! ```yaml bad also restart-key
//! services:
//!   web:
//!     image: nginx:1.27
//!     restart: sometimes
//! ```
//!
//! ## Fix
//!
//! Correct it, or better, write `deploy.restart_policy`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       restart_policy:
//!         condition: on-failure
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean};
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-restart-policy",
    summary: "restart policy that Docker does not know",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Value { grammar: Grammar::Restart, text, .. } = &problem.kind else { return };
    let finding = found.report(problem, format!("{} is no restart policy", code(text)));
    let name = text.split(':').next().unwrap_or_default();
    let help = did_you_mean(name, ["no", "always", "unless-stopped", "on-failure"]);
    finding.help(help.unwrap_or_else(|| "write `deploy.restart_policy` instead".to_owned()));
}
