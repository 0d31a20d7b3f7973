//! A key contains a variable, which Docker does not put in.
//!
//! ## Why
//!
//! Variables are put into values only. A label written as `traefik.http.routers.${NAME}.rule: …`
//! has a dollar sign in its name.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         com.example.${NAME}.on: "yes"
//! ```
//!
//! ## Fix
//!
//! Write the list form, in which the whole entry is a value:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         - com.example.${NAME:-web}.on=yes
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/interpolation/interpolation.go`: keys are left alone.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "variable-in-key",
    summary: "variable in a key is not put in",
    group: Group::Variables,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

/// Mappings with keys of any name.
const FREE: &[&str] = &["args", "driver_opts", "environment", "extra_hosts", "labels", "options", "sysctls"];

fn check(stack: &Stack, found: &mut Findings) {
    if !texts::hold(stack, '$', found) {
        return;
    }
    texts::each(stack, &mut |path, item| {
        let Item::Key(entry) = item else { return };
        let key = entry.key.text.as_str();
        let is_free = path.last().is_some_and(|it| FREE.contains(it))
            || path.first().is_some_and(|it| it.starts_with("x-"));
        let begins = key.split("${").nth(1).and_then(|it| it.chars().next());
        if is_free && begins.is_some_and(|it| it == '_' || it.is_ascii_alphabetic()) {
            found
                .report(entry.key.span, format!("no variable is put into the key {}", code(key)))
                .help("write the list form: `- name=value`");
        }
    });
}
