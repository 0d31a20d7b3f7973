//! Docker passes over an option of a mount.
//!
//! ## Why
//!
//! In short form Docker knows `ro`, `rw`, `nocopy` and the modes of propagation, such as `rslave`.
//! It passes over everything else without a word: `z` and `Z`, and also a misspelt `ro`, which
//! leaves the mount writable.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/web:/web:ro,z"]
//! ```
//!
//! ## Fix
//!
//! Remove the option, or correct it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: ["/srv/web:/web:ro"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/volume.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, did_you_mean};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "mount-option-ignored",
    summary: "option of a mount that Docker passes over",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::IgnoredOption { option } = &problem.kind else { return };

    let help = did_you_mean(option, KNOWN.iter().copied());
    found
        .report(problem, format!("Docker passes over the option {}", code(option)))
        .help(help.unwrap_or_else(|| "remove it".to_owned()));
}

/// The options of a mount in short form.
const KNOWN: &[&str] =
    &["ro", "rw", "nocopy", "private", "rprivate", "shared", "rshared", "slave", "rslave"];
