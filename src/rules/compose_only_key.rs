//! A key that `docker compose` knows and `docker stack` does not.
//!
//! ## Why
//!
//! Both programs read Compose files, but `docker stack deploy` stayed with version 3 of the format.
//! It refuses the whole file for a key of the newer specification.
//!
//! ## Example
//!
//! ```yaml bad
//! name: shop
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Remove the key. Where Swarm has another way, the finding names it.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json`.

use crate::diagnostic::{Fix, Severity};
use crate::edit::{New, Patch, Site};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::compose;
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "compose-only-key",
    summary: "key of `docker compose` that `docker stack` refuses",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Shape(violation) = &problem.kind else { return };
    let ViolationKind::UnknownKey { key, needs: None, .. } = &violation.kind else { return };
    let Some(advice) = compose::advice(&violation.path, key) else { return };
    let fix = found.site(problem.span).and_then(|it| fix(&it, key, advice));
    found
        .report(problem, format!("`docker compose` knows {}, `docker stack` does not", code(key)))
        .help(advice)
        .fix(fix);
}

/// Where the key belongs in a service, or that it goes.
fn fix(site: &Site, key: &str, advice: &str) -> Option<Fix> {
    const MOVES: &[(&str, &[&str])] = &[
        ("cpus", &["deploy", "resources", "limits", "cpus"]),
        ("mem_reservation", &["deploy", "resources", "reservations", "memory"]),
        ("pids_limit", &["deploy", "resources", "limits", "pids"]),
        ("scale", &["deploy", "replicas"]),
    ];
    let in_service = site.depth() == 3;
    if let Some((_, path)) = MOVES.iter().find(|it| it.0 == key && in_service) {
        let written = site.as_written();
        let bare = written.trim_matches(['"', '\'']);
        let whole = ["pids_limit", "scale"].contains(&key);
        let value = if whole { New::Inline(bare.to_owned()) } else { New::text(bare) };
        let patch = site.move_as(path, value).filter(|_| site.is_single());
        return Patch::risky(patch, format!("move it to `{}`", path.join(".")));
    }
    let removed = advice.starts_with("remove it").then(|| site.remove())?;
    Patch::risky(removed, format!("remove {}", code(key)))
}
