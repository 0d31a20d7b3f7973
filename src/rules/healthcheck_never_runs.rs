//! A health check is written so that it never runs.
//!
//! ## Why
//!
//! The first word of the list says what follows: `CMD` a program and its arguments, `CMD-SHELL` a
//! text for the shell, `NONE` nothing. With any other first word the node writes a warning into its
//! log and checks nothing: each task counts as healthy as soon as its process starts, and a failed
//! update is never noticed.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [curl, -f, "http://localhost/"]
//! ```
//!
//! ## Fix
//!
//! Say what the list is, or write the test as text:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     healthcheck:
//!       test: [CMD, curl, -f, "http://localhost/"]
//! ```
//!
//! ## Source
//!
//! The Engine, `getProbe` in `daemon/health.go`; measured with 20.10.24: the container has no state
//! of health.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::{Named, Span};
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-never-runs",
    summary: "health check without `CMD` never runs",
    group: Group::Rollout,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

const KINDS: &[&str] = &["CMD", "CMD-SHELL", "NONE"];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(check) = service.healthcheck.as_ref().filter(|it| !it.test_is_shell) else { return };
    let Some(first) = check.test.first() else { return };
    let word = first.value.as_str();
    if KINDS.contains(&word) || first.place.is_unset() {
        return;
    }
    let meant = KINDS.iter().find(|it| it.eq_ignore_ascii_case(word));
    let is_script = check.test.len() == 1 && word.contains(' ');
    let kind = meant.copied().unwrap_or(if is_script { "CMD-SHELL" } else { "CMD" });
    let patch = match meant {
        Some(meant) => found.site(first.span()).and_then(|it| it.replace(meant)),
        None => begun_with(kind, first.span(), found),
    };
    found
        .report(first, "the node runs no check: the list begins with neither `CMD` nor `CMD-SHELL`")
        .help(format!("begin the list with `{kind}`"))
        .fix(Patch::risky(patch, format!("begin the list with `{kind}`")));
}

/// Puts another item before the first one of a list.
fn begun_with(kind: &str, first: Span, found: &Findings) -> Option<Patch> {
    let list = found.site(first)?.up()?.written();
    let (text, rest) = (found.text(list), found.text(first));
    let after = text.get(first.start().checked_sub(list.start())?..)?;
    if text.starts_with('[') {
        return Some(Patch::raw(list, format!("[{kind}, {after}")));
    }
    let whole = found.whole_text(list);
    let line = whole.get(..list.start())?.rfind('\n')? + 1;
    let indent = whole.get(line..list.start())?;
    let is_block = text.starts_with("- ") && indent.trim().is_empty() && !rest.is_empty();
    let end = if whole.contains("\r\n") { "\r\n" } else { "\n" };
    is_block.then(|| Patch::raw(list, format!("- {kind}{end}{indent}{text}")))
}
