//! A port is not in quotes.
//!
//! ## Why
//!
//! Docker reads it as it stands. Other programs follow YAML 1.1, where `22:22` is a number in base
//! 60.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: [8080:80]
//! ```
//!
//! ## Fix
//!
//! Quote it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080:80"]
//! ```
//!
//! ## Source
//!
//! YAML 1.1, sexagesimal integers.

use crate::diagnostic::Fix;
use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "port-without-quotes",
    summary: "port that is not in quotes",
    group: Group::Style,
    severity: Severity::Hint,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let mut last = None;
    for port in service.ports.iter().filter(|it| it.short) {
        let written = found.text(port.place.span);
        if written.starts_with(['"', '\'', '*', '|', '>']) || !written.contains(':') || last == Some(port.place.span) {
            continue;
        }
        last = Some(port.place.span);
        let patch = Patch::raw(port.place.span, format!("\"{written}\""));
        let sure = !written.contains(['"', '\\', '\n']);
        found
            .report(port.place, "some programs read it as a number in base 60")
            .help("quote it")
            .fix(Patch::safe(sure.then_some(patch), "quote it").map(Fix::without_effect));
    }
}
