//! An image comes from a registry that the settings do not name.
//!
//! ## Why
//!
//! `allow` in the settings says which registries a team trusts. An image from elsewhere is one that
//! nobody there has looked at, and one that others can replace.
//!
//! ## Example
//!
//! ```toml settings.toml
//! [rules]
//! untrusted-registry = { allow = ["registry.example.com/*"] }
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: ghcr.io/somebody/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Copy the image to a registry that is allowed, or allow its own:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: registry.example.com/shop:4.2
//! ```
//!
//! ## Source
//!
//! The settings: patterns are compared with `docker.io/library/nginx` for `nginx`, and with what is
//! written.

use crate::diagnostic::Severity;
use crate::image::{full_name, repository};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "untrusted-registry",
    summary: "image from a registry that is not allowed",
    group: Group::Image,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(image) = image(service).filter(|_| found.has_allowed()) else { return };
    let name = full_name(&image.value);
    if found.allows(&name) || found.allows(repository(&image.value)) {
        return;
    }
    let registry = name.split('/').next().unwrap_or_default();
    found
        .report(image, format!("the settings do not allow images of {}", code(registry)))
        .help("take one from a registry that is allowed");
}
