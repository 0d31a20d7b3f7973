//! An image's version gets no more fixes.
//!
//! ## Why
//!
//! The project has ended support for the version: holes that are found from then on stay open.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:11
//! ```
//!
//! ## Fix
//!
//! Move to a version that is maintained. Databases need a dump, or the tool that the project offers:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//! ```
//!
//! ## Source
//!
//! The release calendars of the projects.

use crate::diagnostic::Severity;
use crate::image::ended;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "image-end-of-life",
    summary: "image version without support",
    group: Group::Image,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(written) = image(service) else { return };
    if let Some(day) = ended(&written.value) {
        found
            .report(written, format!("the support of {} ended on {day}", code(&written.value)))
            .help("move to a version that is maintained");
    }
}
