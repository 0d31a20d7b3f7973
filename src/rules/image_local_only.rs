//! A service is built, and its image names no registry.
//!
//! ## Why
//!
//! `docker stack deploy` does not build. The other nodes look for the image on Docker Hub, where it
//! is not: their tasks are rejected with "No such image".
//!
//! ## Example
//!
//! ```yaml bad also key-ignored
//! services:
//!   web:
//!     build: .
//!     image: shop:4.2
//! ```
//!
//! ## Fix
//!
//! Push the image to a registry that every node reaches, and name it in full:
//!
//! ```yaml good
//! services:
//!   web:
//!     build: .
//!     image: registry.example.com/shop:4.2
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Deploy a stack to a swarm": build, push, deploy.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::image::parse;

pub(super) const RULE: Rule = Rule {
    id: "image-local-only",
    summary: "built image that other nodes cannot pull",
    group: Group::Image,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    let Ok(image) = parse(&written.value) else { return };
    let is_own = image.domain == "docker.io" && !written.value.contains('/');
    if service.build.is_some() && is_own {
        found
            .report(written, format!("{} is built here, and other nodes cannot pull it", code(&written.value)))
            .help("push it to a registry, and name that, as in `registry.example.com/shop:4.2`");
    }
}
