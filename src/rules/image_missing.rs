//! A service has no image.
//!
//! ## Why
//!
//! Swarm builds nothing: nodes pull an image by its name. Docker refuses to deploy a service
//! without one.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     deploy:
//!       replicas: 2
//! ```
//!
//! ## Fix
//!
//! Name the image:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/command/stack/loader/loader.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "image-missing",
    summary: "service has no image",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    if !matches!(problem.kind, Kind::ImageMissing) {
        return;
    }
    let service = problem.service.as_deref().unwrap_or_default();
    found
        .report(problem, format!("service {} has no `image`", code(service)))
        .help("name an image that the nodes can pull; where another file of the stack does, give both with `-c`");
}
