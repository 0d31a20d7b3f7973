//! Fewer tasks of a service run than the settings want at any time.
//!
//! ## Why
//!
//! `min-available` in the settings says how many tasks of a service have to run: once it is deployed,
//! while it is updated, and after each loss that `survive` names.
//!
//! ## Example
//!
//! ```toml settings.toml
//! [plan]
//! min-available = { web = 1 }
//! ```
//!
//! ```yaml nodes.yml
//! nodes:
//!   w1: {cpus: 2}
//!   w2: {cpus: 2}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 1
//! ```
//!
//! ## Fix
//!
//! Run more replicas, update fewer at a time, or use `order: start-first`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 2
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/update/updater.go`.

use crate::diagnostic::Severity;
use crate::plan::{Breach, Plan};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::with_plan;

pub(super) const RULE: Rule = Rule {
    id: "min-available-policy",
    summary: "fewer running tasks than the settings want",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    if !deployment.policy.min_available.is_empty() {
        with_plan(deployment, |plan| report(plan, deployment, found));
    }
}

fn report(plan: &Plan, deployment: &Deployment, found: &mut Findings) {
    for breach in &plan.breaches {
        let (at, wanted, least, when) = match breach {
            Breach::Available { service, wanted, least, failure } => {
                let nodes = failure.and_then(|it| plan.failures.get(it)).map(|it| &it.nodes);
                let names = nodes.map(|them| {
                    them.iter().map(|it| plan.node(*it)).collect::<Vec<_>>().join(", ")
                });
                (*service, wanted, least, names.map_or(String::new(), |it| format!(" without {it}")))
            }
            Breach::Update { service, wanted, least } => {
                (*service, wanted, least, " while it is updated".to_owned())
            }
            Breach::Failure { .. } => continue,
        };
        let Some(key) = plan.services[at].key else { continue };
        let service = deployment.stack.services.iter().find(|it| it.name.value == key);
        let Some(service) = service else { continue };
        let deploy = service.deploy.as_ref();
        let replicas = deploy.and_then(|it| it.replicas.as_ref()).map(|it| it.place);
        found
            .report(
                replicas.unwrap_or(service.name.place),
                format!("only {least} tasks run{when}, the settings want {wanted}"),
            )
            .help("run more replicas, or update with `start-first`");
    }
}
