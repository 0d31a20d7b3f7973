//! A placement constraint does not follow Swarm's grammar.
//!
//! ## Why
//!
//! A constraint is `KEY == VALUE` or `KEY != VALUE`; there is no other operator, no quoting and no
//! list. Docker's client passes any text on, and the manager refuses the service in the middle of
//! the deploy.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.role = manager]
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
//!         constraints: [node.role == manager]
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "invalid-constraint",
    summary: "placement constraint that does not follow Swarm's grammar",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::Constraint, reason, .. } = &problem.kind else { return };
    let text = found.text(problem.span).trim_matches(['"', '\'']).trim();
    let message = format!("Swarm cannot read the constraint {}", code(text));
    found.report(problem, message).help(help(text)).note(format!("the manager's words: {reason}"));
}

/// What was most likely meant.
fn help(text: &str) -> String {
    let general = || {
        "write `KEY == VALUE` or `KEY != VALUE`, such as `node.labels.zone == a`".to_owned()
    };
    let operator = text.contains("==") || text.contains("!=");
    if !operator && let Some((key, value)) = text.split_once('=') {
        return format!("write {}", code(&format!("{} == {}", key.trim(), value.trim())));
    }
    if !operator {
        return general();
    }
    if text.contains("&&") || text.contains(',') || text.contains(" and ") {
        return "write one constraint per item: a node must meet all of them".to_owned();
    }
    let (key, value) = text.split_once("==").or_else(|| text.split_once("!=")).unwrap_or((text, ""));
    if value.trim().is_empty() {
        return format!("say what {} is compared with", code(key.trim()));
    }
    if value.contains(['"', '\'']) {
        return "leave the quotes out: the value is everything after the operator".to_owned();
    }
    general()
}
