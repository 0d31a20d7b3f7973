//! `restart` says other than `deploy.restart_policy`, which wins.
//!
//! ## Why
//!
//! Docker takes `restart` only where `deploy.restart_policy` is absent. Beside it, `restart` does
//! nothing, and who reads the file may believe the wrong one.
//!
//! ## Example
//!
//! ```yaml bad also restart-key
//! services:
//!   web:
//!     image: nginx:1.27
//!     restart: "no"
//!     deploy:
//!       restart_policy:
//!         condition: any
//! ```
//!
//! ## Fix
//!
//! Remove `restart`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       restart_policy:
//!         condition: any
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`: `convertRestartPolicy`.

use crate::diagnostic::Fix;
use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "restart-conflict",
    summary: "`restart` says other than `deploy.restart_policy`",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let (Some(restart), Some(key)) = (&service.restart, service.key("restart")) else { return };
    let policy = service.deploy.as_ref().and_then(|it| it.restart_policy.as_ref());
    let Some(policy) = policy.filter(|_| !restart.place.is_unset()) else { return };
    let condition = match text(policy.condition.as_ref()) {
        "" => "any",
        it => it,
    };
    let meant = match restart.value.split(':').next().unwrap_or_default() {
        "always" | "unless-stopped" => "any",
        "no" => "none",
        it => it,
    };
    if meant == condition || policy.condition.as_ref().is_some_and(|it| it.place.is_unset()) {
        return;
    }
    let patch = found.site(key.span).and_then(|it| it.remove());
    let message = format!("{} is dropped", code(&format!("restart: {}", restart.value)));
    found
        .report(key, format!("{message}: `deploy.restart_policy` says {}", code(condition)))
        .related(policy.place.span, "this applies")
        .help("remove `restart`")
        .fix(Patch::safe(patch, "remove `restart`").map(Fix::without_effect));
}
