//! A service was scaled by hand, and the file has another number.
//!
//! ## Why
//!
//! Every deploy sets the number of replicas to what the file says, and to 1 where it says nothing. What
//! `docker service scale` did is undone.
//!
//! ## Example
//!
//! ```json nodes.yml
//! {
//!   "schema": "swarm-plan/snapshot/1",
//!   "services": [{
//!     "ID": "s1",
//!     "Spec": {
//!       "Name": "shop_web",
//!       "Labels": {"com.docker.stack.namespace": "shop", "com.docker.stack.image": "nginx:1.27"},
//!       "TaskTemplate": {"ContainerSpec": {
//!         "Image": "nginx:1.27",
//!         "Labels": {"com.docker.stack.namespace": "shop"}
//!       }},
//!       "Mode": {"Replicated": {"Replicas": 5}}
//!     }
//!   }]
//! }
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Write the number that is wanted into the file:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy: {replicas: 5}
//! ```
//!
//! ## Source
//!
//! moby, `daemon/cluster/convert/service.go`; docker/cli, `cli/compose/convert`.

use crate::diagnostic::Severity;
use crate::plan::diff::{Diff, FieldNote};
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::words::code;

pub(super) const RULE: Rule = Rule {
    id: "scale-overwritten",
    summary: "number of replicas that undoes a scaling by hand",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Change(check),
};

fn check(diff: &Diff, _: &Deployment, found: &mut Findings) {
    if !diff.running.is_whole {
        return;
    }
    for it in diff.changes() {
        for field in it.fields.iter().filter(|it| it.path == "Mode.Replicated.Replicas") {
            let why = match field.note {
                Some(FieldNote::ReplicasUnsaid) => "the file gives no number, which is 1",
                Some(FieldNote::ScaledByHand) => "the file has the number from before",
                _ => continue,
            };
            let Some(span) = field.span.or(it.span) else { continue };
            let number = |it: &Option<serde_json::Value>| {
                it.as_ref().and_then(serde_json::Value::as_u64).unwrap_or_default()
            };
            let (old, new) = (number(&field.old), number(&field.new));
            let message = format!("{} runs {old} replicas, and gets {new}", code(&it.name));
            let finding = found.report(span, message);
            finding.service.clone_from(&it.key);
            finding.help(format!("{why}: write `replicas: {old}` if that is what it needs"));
        }
    }
}
