//! A volume in short form stands in quotes without need.
//!
//! ## Why
//!
//! Both ways mean the same. Without quotes, most paths are easier to read; this rule is for teams
//! that agreed on it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["./pages:/usr/share/nginx/html:ro"]
//! ```
//!
//! ## Fix
//!
//! Leave the quotes out:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: [./pages:/usr/share/nginx/html:ro]
//! ```
//!
//! ## Source
//!
//! A matter of taste.

use crate::diagnostic::{Fix, Severity};
use crate::edit::{Patch, quoted};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "volume-in-quotes",
    summary: "volume in quotes without need",
    group: Group::Style,
    severity: Severity::Hint,
    preset: Preset::All,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    texts::each(stack, &mut |path, item| {
        let Item::Text(text, node) = item else { return };
        let ["services", _, "volumes", "[]"] = path else { return };
        let has_quotes = found.text(node.span()).starts_with(['"', '\'']);
        if !has_quotes || quoted(text) != text {
            return;
        }
        let patch = found.site(node.span()).and_then(|it| it.write(text));
        found
            .report(node.place, "the quotes are not needed")
            .help("leave them out")
            .fix(Patch::safe(patch, "leave the quotes out").map(Fix::without_effect));
    });
}
