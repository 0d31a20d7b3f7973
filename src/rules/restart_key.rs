//! Docker announces that it ignores `restart`, and applies it all the same.
//!
//! ## Why
//!
//! Docker prints that it ignores `restart`. In truth the key applies where `deploy.restart_policy`
//! is absent; where that is present, `restart` is dropped, even with a value that is wrong.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     restart: on-failure:3
//! ```
//!
//! ## Fix
//!
//! Write `deploy.restart_policy`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       restart_policy:
//!         condition: on-failure
//!         max_attempts: 3
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/types/types.go` lists `restart` as unsupported,
//! `cli/compose/convert/service.go` uses it.

use crate::diagnostic::{Fix, Severity};
use crate::edit::{New, Patch, Site};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "restart-key",
    summary: "`restart` is announced as ignored, but applies",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    match &problem.kind {
        Kind::UnsupportedKey { key } if key == "restart" => {}
        _ => return,
    }
    let site = found.site(problem.span);
    let is_dropped = site.as_ref().is_some_and(|it| has_policy(it));
    let fix = site.and_then(|it| if is_dropped { dropped(&it) } else { moved(&it) });
    let (message, help) = if is_dropped {
        ("Docker ignores `restart` beside `deploy.restart_policy`", "remove `restart`")
    } else {
        ("Docker claims to ignore `restart`, and applies it", "write `deploy.restart_policy`")
    };
    found.report(problem, message).help(help).fix(fix.map(Fix::without_effect));
}

/// Whether a restart policy is written beside it.
fn has_policy(restart: &Site) -> bool {
    let service = restart.up();
    let policy = service.and_then(|it| it.node().get("deploy")?.get("restart_policy"));
    policy.is_some_and(|it| it.as_map().is_some())
}

/// Where a restart policy is written, nobody reads `restart`.
fn dropped(restart: &Site) -> Option<Fix> {
    Patch::safe(restart.remove(), "remove `restart`")
}

/// The policy that `restart` stands for. `docker compose` may need the key.
fn moved(restart: &Site) -> Option<Fix> {
    let text = restart.node().as_text()?;
    let (word, count) = text.split_once(':').map_or((text, None), |it| (it.0, Some(it.1)));
    let condition = match word {
        "always" | "unless-stopped" => "any",
        "on-failure" => "on-failure",
        _ => return None,
    };
    let mut policy = vec![("condition".to_owned(), New::text(condition))];
    if let Some(count) = count {
        let count: u32 = count.parse().ok()?;
        policy.push(("max_attempts".to_owned(), New::Inline(count.to_string())));
    }
    let patch = restart.move_as(&["deploy", "restart_policy"], New::Map(policy));
    Patch::risky(patch, "write it as `deploy.restart_policy`")
}
