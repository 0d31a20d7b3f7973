//! A command runs what it downloads.
//!
//! ## Why
//!
//! Whoever controls that address, or the way to it, decides what runs in the swarm, anew at every
//! start of a task. If the address does not answer, no task starts.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   tool:
//!     image: example/tool:1.0
//!     command: [sh, -c, "curl -fsSL https://get.example.com/install.sh | sh"]
//! ```
//!
//! ## Fix
//!
//! Put the program into an image:
//!
//! ```yaml good
//! services:
//!   tool:
//!     image: example/tool-installed:1.0
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 4.x: trusted content in images.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "curl-pipe-shell",
    summary: "command that runs what it downloads",
    group: Group::Security,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for word in service.entrypoint.iter().chain(&service.command).flatten() {
        let mut parts = word.value.split('|');
        let loads = |part: &str| part.split_whitespace().any(|it| matches!(it, "curl" | "wget"));
        let runs = |part: &str| {
            let first = part.split_whitespace().find(|it| *it != "sudo").unwrap_or_default();
            matches!(first.rsplit('/').next(), Some("sh" | "bash" | "ash" | "python" | "python3" | "perl"))
        };
        let loaded = parts.by_ref().any(loads);
        if loaded && parts.any(runs) {
            found
                .report(word, "it runs what it downloads, anew at every start")
                .help("put the program into an image");
        }
    }
}
