//! Labels that a program reads from services stand on the containers.
//!
//! ## Why
//!
//! swarm-cronjob, Shepherd and Docker Flow Proxy ask the manager for the labels of services. Those
//! under `labels` belong to the containers, and are never seen.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   backup:
//!     image: example/backup:2.3
//!     labels:
//!       swarm.cronjob.enable: "true"
//!       swarm.cronjob.schedule: "0 3 * * *"
//!     deploy:
//!       replicas: 0
//! ```
//!
//! ## Fix
//!
//! Move them below `deploy`:
//!
//! ```yaml good
//! services:
//!   backup:
//!     image: example/backup:2.3
//!     deploy:
//!       replicas: 0
//!       labels:
//!         swarm.cronjob.enable: "true"
//!         swarm.cronjob.schedule: "0 3 * * *"
//! ```
//!
//! ## Source
//!
//! The manuals of crazy-max/swarm-cronjob, containrrr/shepherd and Docker Flow Proxy.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::fixes::labels_to_deploy;
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};

/// The start of labels, and who reads them.
const READERS: &[(&str, &str)] =
    &[("swarm.cronjob.", "`swarm-cronjob`"), ("shepherd.", "`shepherd`"), ("com.df.", "`docker-flow-proxy`"),
    ("gantry.", "`gantry`")];

pub(super) const RULE: Rule = Rule {
    id: "service-labels-wrong-level",
    summary: "labels on the containers that are read from services",
    group: Group::Network,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for (prefix, program) in READERS {
        let starts = |it: &&Named<Text>| it.name.value.starts_with(prefix);
        let seen = service.deploy.iter().flat_map(|it| &it.labels).any(|it| starts(&it));
        if let Some(first) = service.labels.iter().find(starts).filter(|_| !seen) {
            let patch = labels_to_deploy(found, service, |it| it.starts_with(prefix));
            found
                .report(first.name.place, format!("{program} does not see labels of containers"))
                .help("move them to `deploy.labels`")
                .fix(Patch::risky(patch, "move them to `deploy.labels`"));
        }
    }
}
