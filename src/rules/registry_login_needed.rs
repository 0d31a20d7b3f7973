//! An image comes from a registry that asks for a login.
//!
//! ## Why
//!
//! Without `--with-registry-auth` the nodes have no password for it. They say "No such image" where
//! the registry said no.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: registry.example.com/shop:4.2
//! ```
//!
//! ## Fix
//!
//! Deploy with `docker stack deploy --with-registry-auth`, and tell the rule about registries that
//! ask for nothing.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: docker.io/library/nginx:1.27
//! ```
//!
//! ## Source
//!
//! moby/moby#31169.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::image::parse;

/// Registries whose images most people pull without a login.
const PUBLIC: &[&str] = &[
    "docker.elastic.co", "docker.io", "gcr.io", "ghcr.io", "lscr.io", "mcr.microsoft.com", "public.ecr.aws",
    "quay.io", "registry.k8s.io",
];

pub(super) const RULE: Rule = Rule {
    id: "registry-login-needed",
    summary: "image from a registry that may ask for a login",
    group: Group::Image,
    severity: Severity::Info,
    preset: Preset::All,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    let Ok(image) = parse(&written.value) else { return };
    let is_public = image.is_identifier() || PUBLIC.contains(&image.domain.as_str());
    if !is_public && !found.allows(&image.domain) {
        found
            .report(written, format!("nodes may need a login for {}", code(&image.domain)))
            .help("deploy with `--with-registry-auth`");
    }
}
