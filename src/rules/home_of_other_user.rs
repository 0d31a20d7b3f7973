//! A path begins with `~` and the name of a user.
//!
//! ## Why
//!
//! A shell reads `~anna` as the home of Anna. Docker puts the home of whoever deploys in place of
//! `~` and leaves the rest as it is: `~anna/data` becomes `/home/benanna/data`.
//!
//! ## Example
//!
//! ```console
//! $ export HOME=/home/ben
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     volumes: ["~anna/data:/data"]
//! ```
//!
//! ## Fix
//!
//! Write the whole path:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     volumes: ["/home/anna/data:/data"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: `docker stack config` prints the path.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "home-of-other-user",
    summary: "`~` with the name of a user",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    texts::each(stack, &mut |path, item| {
        let Item::Text(text, node) = item else { return };
        let is_source = matches!(
            path,
            ["services", _, "volumes", "[]"] | ["services", _, "volumes", "[]", "source"]
        );
        let Some(rest) = text.strip_prefix('~').filter(|_| is_source) else { return };
        let user = rest.split(['/', ':']).next().unwrap_or_default();
        if !user.is_empty() {
            found
                .report(node.place, format!("Docker does not know the home of {}", code(user)))
                .help("write the whole path");
        }
    });
}
