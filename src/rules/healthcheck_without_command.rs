//! A health check names no program.
//!
//! ## Why
//!
//! With `[CMD]` alone the daemon of the node reads past the end of the list and crashes, with all
//! that it watches over, each time the first check is due. With `[CMD-SHELL]` alone, or with the
//! text `NONE`, which is a program's name there, every check fails: Swarm stops the task and starts
//! it again.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [CMD]
//! ```
//!
//! ## Fix
//!
//! Name a program, or turn the check off with `disable: true`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       disable: true
//! ```
//!
//! ## Source
//!
//! The Engine, `cmdProbe` in `daemon/health.go`; measured with 20.10.24: `panic: runtime error:
//! slice bounds out of range`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-without-command",
    summary: "health check that names no program",
    group: Group::Rollout,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(check) = &service.healthcheck else { return };
    let words: Vec<_> = check.test.iter().map(|it| it.value.as_str()).collect();
    let message = match *words {
        ["CMD"] => "the daemon of the node crashes at the first check",
        ["CMD-SHELL"] => "every check fails: there is nothing to run",
        ["CMD-SHELL", "NONE"] if check.test_is_shell => {
            "every check fails: as text, `NONE` is the name of a program"
        }
        _ => return,
    };
    if let Some(last) = check.test.last().filter(|it| !it.place.is_unset()) {
        found.report(last, message).help("name a program, or write `disable: true`");
    }
}
