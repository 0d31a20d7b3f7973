//! An image is named by a tag alone.
//!
//! ## Why
//!
//! A tag can be moved to another image at any time. Swarm resolves it when the stack is deployed;
//! each deploy may resolve to another one. A digest always names the same bytes.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Add the digest, and let a bot raise both:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Pull an image by digest".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::image::parse;

pub(super) const RULE: Rule = Rule {
    id: "image-without-digest",
    summary: "image is named by a tag alone",
    group: Group::Image,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    let Ok(image) = parse(&written.value) else { return };
    if image.tag.is_some() && image.digest.is_none() {
        found
            .report(written, format!("{} has no digest", code(&written.value)))
            .help("add the digest that `docker buildx imagetools inspect` shows");
    }
}
