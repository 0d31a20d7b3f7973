//! A list holds a whole command line as one item.
//!
//! ## Why
//!
//! Docker splits text into words, but not the items of a list. `["serve --port 80"]` asks for a
//! program with blanks in its name, and the task fails: `executable file not found in $PATH`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     command: ["serve --port 80"]
//! ```
//!
//! ## Fix
//!
//! Write one item for each word, or text without brackets:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     command: [serve, --port, "80"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: `docker stack config` prints what is sent.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::{Named, Span};
use crate::stack::model::Text;
use crate::stack::{Service, Stack};
use crate::value::shlex;

pub(super) const RULE: Rule = Rule {
    id: "command-in-one-word",
    summary: "list with a whole command line in one item",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let entrypoint = service.entrypoint.as_deref().unwrap_or_default();
    let by_shell = entrypoint.last().is_some_and(|it| it.value.starts_with('-'));
    for (key, words) in [("entrypoint", &service.entrypoint), ("command", &service.command)] {
        let Some([word]) = words.as_deref() else { continue };
        if !is_line(word) || key == "command" && by_shell {
            continue;
        }
        let Some(site) = found.site(word.span()) else { continue };
        let Some(list) = site.up().filter(|it| it.node().as_list().is_some()) else { continue };
        let patch = as_text(word, site.as_written(), list.written(), found);
        found
            .report(word, "Docker does not split an item of a list: all of it is one word")
            .help("write one item for each word, or text without brackets")
            .fix(Patch::risky(patch, "write it as text"));
    }
}

/// Whether a word looks like a program with arguments.
fn is_line(word: &Text) -> bool {
    let Some((program, rest)) = word.value.split_once(' ') else { return false };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let begins = program.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    let one_line = !word.value.contains('\n') && !rest.trim().is_empty();
    begins && program.chars().all(is_name) && one_line && !word.place.is_unset()
}

/// The item in place of a list in brackets.
fn as_text(word: &Text, item: &str, list: Span, found: &Findings) -> Option<Patch> {
    let is_flow = found.text(list).starts_with('[') && !item.contains('\n');
    let splits = shlex::split(&word.value).is_ok() && !word.value.contains('#');
    (is_flow && splits).then(|| Patch::raw(list, item))
}
