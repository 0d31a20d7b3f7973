//! A placement constraint compares `node.role` with a word that is no role.
//!
//! ## Why
//!
//! A node is a `manager` or a `worker`. Compared with any other word, `==` never holds and `!=`
//! always does. Swarm accepts it without a word.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.role == master]
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       placement:
//!         constraints: [node.role == manager]
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/constraint/constraint.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::constraints::each;
use crate::rules::words::code;
use crate::source::{Named, Place};
use crate::stack::{Service, Stack};
use crate::value::constraint::Key;

pub(super) const RULE: Rule = Rule {
    id: "constraint-role-value",
    summary: "placement constraint on a role that does not exist",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in each(service) {
        let value = &it.constraint.value;
        let known = ["manager", "worker"].iter().any(|role| value.text.eq_ignore_ascii_case(role));
        if it.constraint.key != Key::Role || known {
            continue;
        }
        let at = Place { span: it.part(value), ..it.text.place };
        let finding = found.report(at, format!("no node has the role {}", code(&value.text)));
        let master = ["master", "leader", "managers"].contains(&value.text.as_str());
        let role = ["manager", "worker"].into_iter().find(|role| near(&value.text, role));
        let patch = role.filter(|_| !it.text.place.is_interpolated());
        let patch = patch.and_then(|role| Patch::part(it.text.place, &value.range, role));
        finding.fix(Patch::safe(patch, "write the role that is meant"));
        finding.help(if master { "write `manager`" } else { "write `manager` or `worker`" });
    }
}

/// Whether a word stands for a role.
fn near(word: &str, role: &str) -> bool {
    let leads = ["master", "leader"].contains(&word) && role == "manager";
    leads || word.strip_suffix('s') == Some(role)
}
