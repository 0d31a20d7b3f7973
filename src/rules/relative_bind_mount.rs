//! A bind mount is relative to the machine that deploys.
//!
//! ## Why
//!
//! Docker makes the path absolute on the machine where `docker stack deploy` runs. The node that
//! gets the task needs a folder of that very path; Swarm makes none, and the task is rejected.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["./site:/usr/share/nginx/html:ro"]
//! ```
//!
//! ## Fix
//!
//! Write the path that the nodes have, or bring files with `configs`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: page, target: /usr/share/nginx/html/index.html}]
//! configs:
//!   page:
//!     external: true
//! ```
//!
//! ## Source
//!
//! `absPath` in the CLI's loader; moby/moby#29219.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::rules::services::may_have_one_node;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "relative-bind-mount",
    summary: "bind mount relative to the machine that deploys",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for source in service.volumes.iter().filter_map(bind_source) {
        let written = found.text(source.span()).trim_start_matches(['"', '\'']);
        // In short form the target follows.
        let is_relative = written.starts_with("./") || written.starts_with("../") || matches!(written, "." | "..")
            || written.starts_with(".:");
        if !is_relative {
            continue;
        }
        let finding = found.report(source, format!("every node needs the folder {}", code(&source.value)));
        finding.help("write the path that the nodes have, or bring the files with `configs`");
        if may_have_one_node(service) {
            finding.at_most(Severity::Info);
        }
    }
}
