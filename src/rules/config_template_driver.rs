//! A config has placeholders, and no `template_driver` that fills them.
//!
//! ## Why
//!
//! Swarm fills placeholders such as `{{ env "NAME" }}` in a config or secret only if
//! `template_driver: golang` asks for it. Without, the braces are in the file.
//!
//! ## Example
//!
//! ```text site.conf
//! name {{ env "NAME" }}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site: {name: site-1, file: ./site.conf}
//! ```
//!
//! ## Fix
//!
//! Name the driver:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/site}]
//! configs:
//!   site: {name: site-2, file: ./site.conf, template_driver: golang}
//! ```
//!
//! ## Source
//!
//! SwarmKit, `template/getter.go`.

use crate::diagnostic::Severity;
use crate::edit::{New, Patch};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::Stack;
use crate::stack::model::is_true;
use crate::stack::model::text;

pub(super) const RULE: Rule = Rule {
    id: "config-template-driver",
    summary: "placeholders of a config that are not filled",
    group: Group::Swarm,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for it in stack.configs.iter().filter(|it| !is_true(&it.external) && it.template_driver.is_none()) {
        let path = text(it.file.as_ref());
        let Some(file) = it.file.as_ref().filter(|_| stack.beside.templates.contains(path)) else {
            continue;
        };
        let site = found.site(it.name.span());
        let filled = site.and_then(|it| it.insert(&["template_driver"], New::text("golang")));
        found
            .report(file, "the file has placeholders, and nothing fills them")
            .help("add `template_driver: golang`")
            .fix(Patch::risky(filled, "add `template_driver: golang`"));
    }
}
