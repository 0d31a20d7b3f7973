//! A service asks the swarm through the socket of its node, which may be a worker.
//!
//! ## Why
//!
//! Only managers answer questions about services, nodes and tasks. On a worker the program finds
//! nothing, or stops.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   visualizer:
//!     image: dockersamples/visualizer:stable
//!     volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
//! ```
//!
//! ## Fix
//!
//! Keep it on managers:
//!
//! ```yaml good
//! services:
//!   visualizer:
//!     image: dockersamples/visualizer:stable
//!     volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
//!     deploy: {placement: {constraints: [node.role == manager]}}
//! ```
//!
//! ## Source
//!
//! The manuals of the programs; Docker Engine: `This node is not a swarm manager`.

use crate::diagnostic::Severity;
use crate::edit::{New, Patch};
use crate::image::repository;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{head, image};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "swarm-api-not-on-manager",
    summary: "asks the manager, but may run on a worker",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

/// Programs that ask the manager whatever their settings are.
const PROGRAMS: &[&str] = &[
    "charypar/swarmpit", "swarmpit/swarmpit", "containrrr/shepherd", "crazymax/swarm-cronjob",
    "dockersamples/visualizer", "mazzolino/shepherd", "prodrigestivill/swarm-cronjob",
];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(name) = image(service).map(|it| repository(&it.value)) else { return };
    let socket = |it: &str| it.ends_with("/docker.sock");
    let mounted = service.volumes.iter().any(|it| socket(text(it.source.as_ref())));
    let asks_swarm = service.command.iter().flatten().any(|it| {
        let option = it.value.to_lowercase();
        option.starts_with("--providers.swarm") || option.contains("docker.swarmmode=true")
    });
    // A label, too, may keep it on managers.
    let placed = service.deploy.as_ref().is_some_and(|it| !it.placement.constraints.is_empty());
    if !mounted || placed || !(PROGRAMS.contains(&name) || asks_swarm) {
        return;
    }
    let site = found.site(service.name.span());
    let constraint = New::List(vec![New::text("node.role == manager")]);
    let patch = site.and_then(|it| it.insert(&["deploy", "placement", "constraints"], constraint));
    found
        .report(head(service), format!("{} asks the manager, and may be put on a worker", code(name)))
        .help("add the constraint `node.role == manager`")
        .fix(Patch::risky(patch, "keep it on managers"));
}
