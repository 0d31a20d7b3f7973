//! An external object is named the old way.
//!
//! ## Why
//!
//! Docker still reads `external: {name: …}`, but prints a warning for it.
//!
//! ## Example
//!
//! ```yaml bad
//! services: {}
//! networks:
//!   front:
//!     external:
//!       name: traefik-public
//! ```
//!
//! ## Fix
//!
//! Write the name beside `external`:
//!
//! ```yaml good
//! services: {}
//! networks:
//!   front:
//!     external: true
//!     name: traefik-public
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`.

use crate::diagnostic::{Fix, Severity};
use crate::edit::{New, Patch, Site};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "external-name-deprecated",
    summary: "external object is named the old way",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::ExternalNameDeprecated { object } = &problem.kind else { return };

    let patch = found.site(problem.span).and_then(|it| beside(&it));
    found
        .report(problem, format!("`external.name` is the old way to name a {}", object.word()))
        .help("write `external: true` and `name:` beside it")
        .fix(Patch::safe(patch, "write `name` beside `external`").map(Fix::without_effect));
}

/// Puts the name that stands in `external` beside it.
fn beside(name: &Site) -> Option<Patch> {
    let external = name.up()?;
    let alone = external.node().as_map()?.entries.len() == 1 && name.is_single();
    let name = New::Inline(name.as_written().to_owned());
    let named = external.up()?.insert(&["name"], name)?;
    external.collapse("true").filter(|_| alone)?.and(named)
}
