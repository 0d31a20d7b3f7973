//! A crashing service is started again without a pause.
//!
//! ## Why
//!
//! Without a delay a task that ends at once is made anew many times a second. Managers and nodes are
//! then busy with it, and the list of tasks tells nothing any more.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       restart_policy: {delay: 0s}
//! ```
//!
//! ## Fix
//!
//! Leave it out: five seconds are the default.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     deploy:
//!       restart_policy: {delay: 5s}
//! ```
//!
//! ## Source
//!
//! SwarmKit's defaults (`api/defaults/service.go`).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "restart-delay-zero",
    summary: "crashing service started again without a pause",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(policy) = service.deploy.as_ref().and_then(|it| it.restart_policy.as_ref()) else { return };
    if let Some(delay) = policy.delay.as_ref().filter(|it| it.value == 0 && !it.place.is_unset()) {
        found
            .report(delay, "a task that crashes is made anew without a pause")
            .help("leave it out: five seconds are the default");
    }
}
