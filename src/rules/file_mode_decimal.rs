//! The mode of a secret or config is written without a leading zero.
//!
//! ## Why
//!
//! YAML reads `440` as four hundred and forty, which is the mode 0670: the group may write, and
//! the owner may run it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: app, target: /etc/app, mode: 440}]
//! configs:
//!   app: {external: true}
//! ```
//!
//! ## Fix
//!
//! Begin the mode with a zero:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: app, target: /etc/app, mode: 0440}]
//! configs:
//!   app: {external: true}
//! ```
//!
//! ## Source
//!
//! YAML 1.1, integers; `docker stack config` prints the number that is sent.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "file-mode-decimal",
    summary: "file mode without a leading zero",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

/// What people mean when they write these digits; none is the decimal form of a usual mode.
const MODES: &[&str] = &[
    "400", "440", "444", "500", "550", "555", "600", "640", "644", "660", "664", "666", "700",
    "740", "744", "750", "755", "770", "775", "777",
];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for reference in service.secrets.iter().chain(&service.configs) {
        let Some(mode) = &reference.mode else { continue };
        let written = found.text(mode.span());
        if mode.place.is_interpolated() || !MODES.contains(&written) {
            continue;
        }
        let octal = format!("0{written}");
        let patch = found.site(mode.span()).and_then(|it| it.write(&octal));
        found
            .report(mode, format!("the mode `{written}` is read as 0{:o}", mode.value))
            .help(format!("write `{octal}`"))
            .fix(Patch::safe(patch, "begin the mode with a zero"));
    }
}
