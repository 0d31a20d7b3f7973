//! An image's tag is one that moves often.
//!
//! ## Why
//!
//! `stable`, `main` or a major version alone name another image after each release. Two nodes that
//! pull at different times run different versions, and a rollback cannot bring the old one back.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:stable
//! ```
//!
//! ## Fix
//!
//! Name the version down to the minor number, or a digest:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! The tag lists of Docker's official images.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::image::parse;

/// Tags that follow a branch or a release channel.
const CHANNELS: &[&str] = &[
    "beta", "canary", "dev", "develop", "edge", "main", "mainline", "master", "nightly", "release", "stable",
];

pub(super) const RULE: Rule = Rule {
    id: "image-mutable-tag",
    summary: "image tag that moves often",
    group: Group::Image,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    let Ok(image) = parse(&written.value) else { return };
    let Some(tag) = image.tag.filter(|_| image.digest.is_none()) else { return };
    let is_channel = CHANNELS.contains(&tag.text.split('-').next().unwrap_or_default());
    let is_major = !tag.text.is_empty() && tag.text.bytes().all(|it| it.is_ascii_digit());
    if is_channel || is_major && tag.text.len() <= 2 {
        found
            .report(
                written.place.part(tag.range.start, tag.range.end),
                format!("{} is another image after the next release", code(&tag.text)),
            )
            .help("name the version down to the minor number, or a digest");
    }
}
