//! A command that is one text contains `#`, which cuts off the rest.
//!
//! ## Why
//!
//! Docker splits the text as a shell would, comments included. The words after ` #` never reach
//! the container.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: "serve --title Shop #1"
//! ```
//!
//! ## Fix
//!
//! Put the word in quotes, or write a list:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: [serve, --title, "Shop #1"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2 splits commands with google/shlex; `docker stack config` shows the words.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::stack::Stack;
use crate::value::shlex;

pub(super) const RULE: Rule = Rule {
    id: "command-comment",
    summary: "`#` cuts off the rest of a command",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    if !texts::hold(stack, '#', found) {
        return;
    }
    texts::each(stack, &mut |path, item| {
        let Item::Text(text, node) = item else { return };
        if !matches!(path, ["services", _, "command" | "entrypoint"]) || !text.contains('#') {
            return;
        }
        // What is cut off makes no difference to the words.
        let Ok(all) = shlex::split(text) else { return };
        let cut = text.match_indices('#').find(|(at, _)| {
            let before = text.get(..*at).unwrap_or_default();
            let begins = before.is_empty() || before.ends_with(char::is_whitespace);
            let rest = text.get(*at..).unwrap_or_default();
            begins && !rest.contains('\n') && shlex::split(before).is_ok_and(|it| it == all)
        });
        if let Some((at, _)) = cut {
            found
                .report(node.place.part(at, text.len()), "the rest of the command is a comment, and is dropped")
                .help("put the word in quotes, or write the command as a list");
        }
    });
}
