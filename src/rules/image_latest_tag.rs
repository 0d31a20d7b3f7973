//! An image has the tag `latest`.
//!
//! ## Why
//!
//! `latest` may be another image on every deploy. A rollback cannot bring the old one back, and
//! nodes that pull at different times run different versions.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:latest
//! ```
//!
//! ## Fix
//!
//! Name a version:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker's manual, `docker pull`: without a tag it takes `latest`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::image::parse;

pub(super) const RULE: Rule = Rule {
    id: "image-latest-tag",
    summary: "image has the tag `latest`",
    group: Group::Image,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    let Ok(image) = parse(&written.value) else { return };
    let Some(tag) = image.tag.filter(|it| it.text == "latest") else { return };
    if image.digest.is_none() {
        found
            .report(written.place.part(tag.range.start, tag.range.end), "`latest` may be another image on every deploy")
            .help("name a version, as in `:1.27`");
    }
}
