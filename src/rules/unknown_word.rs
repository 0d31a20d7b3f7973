//! A value is none of the few words that Swarm knows here.
//!
//! ## Why
//!
//! `docker stack config` takes any word for `endpoint_mode`, `failure_action`,
//! `restart_policy.condition`, a mount's propagation; the Engine refuses an unknown one in the
//! middle of the deploy.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       restart_policy:
//!         condition: always
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       restart_policy:
//!         condition: any
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::rules::words::listed;
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "unknown-word",
    summary: "word that Swarm does not know here",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::Word, reason, .. } = &problem.kind else { return };
    let (what, words): (&str, &[&str]) = match () {
        () if reason.contains("RestartCondition") => {
            ("restart condition", &["none", "on-failure", "any"])
        }
        () if reason.contains("failure action") => {
            ("failure action", &["pause", "continue", "rollback"])
        }
        () if reason.contains("order") => ("update order", &["stop-first", "start-first"]),
        () if reason.contains("resolution") => ("endpoint mode", &["vip", "dnsrr"]),
        () if reason.contains("Propagation") => (
            "propagation",
            &["rprivate", "private", "rshared", "shared", "rslave", "slave"],
        ),
        () => ("kind of mount", &["bind", "volume", "tmpfs", "npipe", "cluster", "image"]),
    };
    found
        .report(problem, format!("Swarm knows no such {what}"))
        .help(format!("write one of {}", listed(words.iter().copied())));
}
