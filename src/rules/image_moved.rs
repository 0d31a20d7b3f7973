//! An image's versions have left Docker Hub.
//!
//! ## Why
//!
//! Bitnami moved the versions of its free images from `bitnami` to `bitnamilegacy` in 2025, and
//! updates those no more. Nodes that do not have the image already cannot pull it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: bitnami/postgresql:16.4.0
//! ```
//!
//! ## Fix
//!
//! Change to a maintained image; until then take the old one from where it is now:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: bitnamilegacy/postgresql:16.4.0
//! ```
//!
//! ## Source
//!
//! bitnami/containers#83267.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::image::parse;

pub(super) const RULE: Rule = Rule {
    id: "image-moved",
    summary: "image whose versions have left Docker Hub",
    group: Group::Image,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    let Ok(image) = parse(&written.value) else { return };
    let name = image.path.strip_prefix("bitnami/").filter(|_| image.domain == "docker.io");
    let (Some(name), Some(tag)) = (name, &image.tag) else { return };
    if tag.text != "latest" && image.digest.is_none() {
        found
            .report(written, format!("versions of {} are on Docker Hub no more", code(&format!("bitnami/{name}"))))
            .help(format!("use a maintained image, or {} for now", code(&format!("bitnamilegacy/{name}"))));
    }
}
