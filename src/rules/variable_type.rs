//! A variable gives a value of the wrong type.
//!
//! ## Why
//!
//! A few keys, such as `replicas`, take a number or a boolean. Docker converts what a variable
//! gives there, and refuses the file where that is impossible, as it is for a variable that is
//! empty or not set.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: ${REPLICAS}
//! ```
//!
//! ## Fix
//!
//! Set the variable to a value of that type, or write a default:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: ${REPLICAS:-2}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/interpolate.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "variable-type",
    summary: "variable gives a value of the wrong type",
    group: Group::Variables,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Cast { wanted, empty } = &problem.kind else { return };

    let text = if *empty {
        format!("the variable is empty or not set, and {wanted} is needed")
    } else {
        format!("the variable's value is not {wanted}")
    };
    found.report(problem, text).help("set it before the deploy, or write a default: `${NAME:-…}`");
}
