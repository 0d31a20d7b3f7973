//! The file looks like one of another program.
//!
//! ## Why
//!
//! Its keys mean something to Kubernetes, a build server or Ansible, and nothing to Docker, which
//! refuses them.
//!
//! ## Example
//!
//! ```yaml bad also unknown-key
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! ```
//!
//! ## Fix
//!
//! Name the stack file, or leave the file out in the settings:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! The formats of the programs.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "not-a-stack-file",
    summary: "file of another program",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Stack(check),
};

/// Keys at the top, and whose file it is that has them all.
const PROGRAMS: &[(&[&str], &str)] = &[
    (&["apiVersion", "kind"], "Kubernetes"),
    (&["on", "jobs"], "GitHub Actions"),
    (&["jobs", "workflows"], "CircleCI"),
    (&["stages", "variables"], "GitLab CI"),
    (&["stages", "image"], "GitLab CI"),
    (&["pipelines", "image"], "Bitbucket Pipelines"),
    (&["repos"], "pre-commit"),
    (&["global", "scrape_configs"], "Prometheus"),
];

fn check(stack: &Stack, found: &mut Findings) {
    for file in &stack.files {
        let Some(map) = file.document.root.as_map() else { continue };
        if map.get("services").is_some() {
            continue;
        }
        let known = PROGRAMS.iter().find(|(keys, _)| keys.iter().all(|it| map.get(it).is_some()));
        let Some((keys, program)) = known else { continue };
        let Some(entry) = keys.first().and_then(|it| map.entry(it)) else { continue };
        found
            .report(entry.key.span, format!("this looks like a file of {program} and not like a stack"))
            .help("name the stack file, or exclude this one in the settings");
    }
}
