//! A loss that the settings want the stack to survive leaves tasks without a node.
//!
//! ## Why
//!
//! `survive` in the settings says which losses the stack has to bear: `any-node`, `any-zone`, the name
//! of a node. When the loss comes, tasks stay pending, or are not replaced, or come up without the
//! data that stayed on the lost node.
//!
//! ## Example
//!
//! ```toml settings.toml
//! [plan]
//! survive = ["any-node"]
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
//!       replicas: 3
//!       resources:
//!         reservations: {cpus: "1"}
//! ```
//!
//! ## Fix
//!
//! Leave room for the tasks of one node more, let them run elsewhere, keep their data elsewhere:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       replicas: 2
//!       resources:
//!         reservations: {cpus: "1"}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/orchestrator/replicated` and `manager/scheduler`.

use crate::diagnostic::Severity;
use crate::plan::{Breach, Failure, Lost, Outcome, Plan};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::with_plan;
use crate::rules::words::code;
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    id: "survive-policy",
    summary: "loss that the settings want to be survived",
    group: Group::Placement,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

fn check(deployment: &Deployment, found: &mut Findings) {
    if !deployment.policy.survive.is_empty() {
        with_plan(deployment, |plan| report(plan, deployment, found));
    }
}

fn report(plan: &Plan, deployment: &Deployment, found: &mut Findings) {
    // Each service once, at the first loss.
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for breach in &plan.breaches {
        let Breach::Failure { policy, failure } = breach else { continue };
        let Some(failure) = plan.failures.get(*failure) else { continue };
        for it in &failure.moves {
            let why = match &it.outcome {
                Outcome::To(_) if it.left_behind.is_empty() => continue,
                Outcome::To(_) => "comes up without its data",
                Outcome::Pending(_) => "stays pending",
                Outcome::NoQuorum => "is not replaced: the managers have no quorum",
                Outcome::NotMoved | Outcome::NotRestarted => "is not replaced",
                Outcome::Gone => continue,
            };
            let Some(key) = plan.services[it.service].key.filter(|_| told.insert(it.service)) else {
                continue;
            };
            let service = deployment.stack.services.iter().find(|it| it.name.value == key);
            let Some(service) = service else { continue };
            let message = format!("a task {why} when {} is lost", lost(plan, failure));
            let finding = found.report(service.name.place, message);
            finding.note(format!("the settings want: survive {}", code(policy)));
            if let Outcome::Pending(message) = &it.outcome {
                finding.note(format!("Swarm says: {message}"));
            }
            finding.help("leave room for it elsewhere, or take the policy out of the settings");
        }
    }
}

fn lost(plan: &Plan, failure: &Failure) -> String {
    if let Lost::Zone(zone) = &failure.lost {
        return format!("zone {}", code(zone));
    }
    let names = failure.nodes.iter().map(|it| code(plan.node(*it)));
    names.collect::<Vec<_>>().join(" and ")
}
