//! A shell stands between Swarm and the program.
//!
//! ## Why
//!
//! Swarm sends the stop signal to the first process. A shell does not hand it on: the program is
//! killed after the grace period, in the middle of what it does.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     command: [sh, -c, "serve --port 8080"]
//! ```
//!
//! ## Fix
//!
//! Let the shell make way, or use `init`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     command: [sh, -c, "exec serve --port 8080"]
//! ```
//!
//! ## Source
//!
//! Docker's manual, `ENTRYPOINT`: the shell form does not pass signals.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::is_job;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "shell-as-first-process",
    summary: "shell between Swarm and the program",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::All,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let words: Vec<_> = service.entrypoint.iter().chain(&service.command).flatten().collect();
    let [first, option, script, ..] = words.as_slice() else { return };
    let is_shell = matches!(first.value.rsplit('/').next(), Some("sh" | "bash" | "ash" | "dash"));
    if is_shell && option.value.ends_with('c') && !script.value.contains("exec ") && !is_true(&service.init) && !is_job(service) {
        found
            .report(script.place, "the shell keeps the stop signal to itself")
            .help("begin the program's command with `exec`, or add `init: true`");
    }
}
