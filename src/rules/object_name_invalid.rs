//! A secret's, a config's or a network's name is one that the manager refuses.
//!
//! ## Why
//!
//! Secrets and configs have at most 64 characters of `a-z A-Z 0-9 - _ .`, networks those of a DNS
//! name, each with a letter or a digit at both ends. Docker's client does not check; the deploy
//! stops when the object is created.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front:
//!     name: front end
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [front]
//! networks:
//!   front:
//!     name: front-end
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "object-name-invalid",
    summary: "name of a network, secret or config that the manager refuses",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::ObjectName(object), reason, .. } = &problem.kind else {
        return;
    };
    let word = object.word();
    found
        .report(problem, format!("the swarm refuses the name of this {word}"))
        .help("use letters, digits, `-` and `_`, with a letter or a digit at both ends")
        .note(format!("the manager's words: {reason}"));
}
