//! The text is not YAML that Docker can read.
//!
//! ## Why
//!
//! Where the text breaks the grammar of YAML, Docker can use nothing of the file, and the line that
//! it names is often not the one at fault.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: "nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Correct the text at the place shown, or just above it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: "nginx:1.27"
//! ```
//!
//! ## Source
//!
//! `gopkg.in/yaml.v3` 3.0.1, which Docker CLI 28.2.2 reads files with.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "yaml-syntax",
    summary: "text is not YAML that Docker reads",
    group: Group::Yaml,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Syntax { message, help, related } = &problem.kind else { return };

    let known = PLAIN.iter().find(|it| message.contains(it.0));
    let (text, advice) =
        known.map_or((message.as_str(), "correct it here, or just above"), |it| (it.1, it.2));
    let finding = found.report(problem, text);
    finding.help(help.as_deref().unwrap_or(advice));
    if let Some((span, text)) = related {
        finding.related(*span, text);
    }
}

/// The library's words, what they mean, and what to do.
const PLAIN: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a second `:` where a value goes on",
        "quote a value that holds `: `, or indent the key as those above it",
    ),
    (
        "did not find expected key",
        "this fits nothing above it",
        "indent it as its neighbours, or close the quote or bracket above",
    ),
    (
        "did not find expected '-' indicator",
        "neither an item of the list nor a key above it",
        "begin the item with `- `, or indent the line as its neighbours",
    ),
    (
        "could not find expected ':'",
        "a key without its `:`",
        "write `key: value`, with a blank behind the `:`",
    ),
    (
        "did not find expected ',' or ']'",
        "the list ends without its `]`, or lacks a `,`",
        "close it with `]`, and put a `,` between its items",
    ),
    (
        "did not find expected ',' or '}'",
        "the mapping ends without its `}`, or lacks a `,`",
        "close it with `}`, and put a `,` between its entries",
    ),
    (
        "cannot start any token",
        "no value begins with this character",
        "indent with blanks instead of tabs, or quote the value",
    ),
    ("tab character", "a tab where only blanks may stand", "indent with blanks"),
    ("found unexpected end of stream", "the text ends within quotes", "close the quote"),
    ("found unexpected document indicator", "the document ends within quotes", "close the quote"),
    (
        "unknown escape character",
        "no such escape in double quotes",
        "write the backslash twice, or use single quotes",
    ),
    (
        "block sequence entries are not allowed",
        "no list begins here",
        "put the list on the lines below its key",
    ),
    ("control characters", "a control character", "remove it, or write it as an escape"),
    (
        "map merge requires",
        "a merge key takes a mapping, or a list of mappings",
        "write `<<: *name` or `<<: [*a, *b]`",
    ),
    (
        "contains itself",
        "an anchor's value holds an alias of itself",
        "move what is shared to an anchor of its own",
    ),
];
