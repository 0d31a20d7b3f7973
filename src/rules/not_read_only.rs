//! A service can write to its own image's files.
//!
//! ## Why
//!
//! Who breaks in can put programs there. What a program writes outside of its mounts is lost with
//! the container anyway.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Close the file system, and mount what has to be written:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     read_only: true
//!     volumes: [{type: tmpfs, target: /tmp, tmpfs: {size: 67108864}}]
//! ```
//!
//! ## Source
//!
//! CIS Docker Benchmark 5.12.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::head;
use crate::source::Named;
use crate::stack::model::is_true;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "not-read-only",
    summary: "service that can write to its image's files",
    group: Group::Security,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    if !is_true(&service.read_only) {
        found
            .report(head(service), "it can write to the files of its image")
            .help("add `read_only: true`, and a tmpfs where it has to write");
    }
}
