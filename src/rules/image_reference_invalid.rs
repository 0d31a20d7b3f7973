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
use crate::edit::Patch;
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
    let site = found.site(problem.span).filter(|_| reason.contains("lowercase"));
    let patch = site.and_then(|it| it.replace(&lower(it.node().as_text()?)?));
    found.report(problem, message).help(help).fix(Patch::safe(patch, "write it in lower case"));
}

/// The reference with its name in lower case; none where variables have a part in it.
fn lower(image: &str) -> Option<String> {
    let name = image.split('@').next()?;
    let after_host = name.rfind('/').map_or(0, |it| it + 1);
    let tag = name.get(after_host..)?.find(':').map_or(name.len(), |it| after_host + it);
    let (name, rest) = image.split_at_checked(tag)?;
    (!image.contains('$')).then(|| format!("{}{rest}", name.to_ascii_lowercase()))
}
