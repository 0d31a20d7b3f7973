//! An image reference cannot be read.
//!
//! ## Why
//!
//! A reference is `[registry/]name[:tag][@digest]`; the name is lower case. Docker refuses the
//! deploy.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: Nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Correct the reference:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/loader/loader.go`; the grammar is that of
//! `github.com/distribution/reference`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "image-reference-invalid",
    summary: "image reference cannot be read",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let reason = match &problem.kind {
        Kind::ImageInvalid { reason } => reason,
        _ => match refused(problem, RULE.id) {
            Some(refusal) => refusal.reason,
            None => return,
        },
    };

    let (message, help) = if reason.contains("lowercase") {
        (
            "the name of an image is lower case",
            "write it in lower case; only a tag may be upper case",
        )
    } else if reason.contains("255") {
        ("the name of the image is longer than 255 characters", "shorten it")
    } else if reason.contains("checksum") || reason.contains("digest") {
        ("the digest is not valid", "write `@sha256:` and 64 digits from 0 to 9 and a to f")
    } else {
        ("this is no image reference", "write `[registry/]name[:tag][@digest]`")
    };
    found.report(problem, message).help(help);
}
