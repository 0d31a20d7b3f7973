//! An item of a list of variables or labels has a colon where `=` belongs.
//!
//! ## Why
//!
//! Without `=` the whole item is a name. A label gets it without a value; a variable of that name
//! is looked for in the shell, and dropped.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       - "LEVEL: debug"
//! ```
//!
//! ## Fix
//!
//! Write `NAME=value`:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       - LEVEL=debug
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`: items are split at the first `=`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "pair-with-colon",
    summary: "item of a list has a colon where `=` belongs",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

const LISTS: &[&str] = &["args", "driver_opts", "environment", "labels", "sysctls"];

fn check(stack: &Stack, found: &mut Findings) {
    texts::each(stack, &mut |path, item| {
        let Item::Text(text, node) = item else { return };
        let [.., list, "[]"] = path else { return };
        if !LISTS.contains(list) || text.contains('=') {
            return;
        }
        let Some((name, value)) = text.split_once(':') else { return };
        let is_name = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        if name.is_empty() || !name.chars().all(is_name) || !value.starts_with([' ', '"', '\'']) {
            return;
        }
        let end = name.len() + 1 + (value.len() - value.trim_start().len());
        let patch = Patch::part(node.place, &(name.len()..end), "=");
        found
            .report(node.place, format!("{} has no value: `=` belongs where the colon is", code(name)))
            .help("write `NAME=value`")
            .fix(Patch::risky(patch, "write `=`"));
    });
}
