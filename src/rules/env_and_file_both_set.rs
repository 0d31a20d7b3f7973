//! A variable and the one for its file are both set.
//!
//! ## Why
//!
//! The start script of the image refuses to choose, and the container stops.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   db:
//!     image: postgres:17
//!     environment:
//!       POSTGRES_USER: shop
//!       POSTGRES_USER_FILE: /etc/user
//! ```
//!
//! ## Fix
//!
//! Keep one of the two:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     environment:
//!       POSTGRES_USER: shop
//! ```
//!
//! ## Source
//!
//! The start scripts of the official images: `both … are set (but are exclusive)`.

use crate::diagnostic::Severity;
use crate::image::{Both, file_variable};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "env-and-file-both-set",
    summary: "a variable and its `_FILE` are both set",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(image) = image(service) else { return };
    // An empty value is none to the scripts.
    let set = || service.environment.iter().filter(|it| {
        it.value.as_ref().is_some_and(|it| !it.value.is_empty() && !it.place.is_unset())
    });
    for variable in set() {
        let Some(row) = file_variable(&image.value, &variable.name.value) else { continue };
        let file = set().find(|it| Some(&it.name.value) == row.name.as_ref());
        if let Some(file) = file.filter(|_| row.both == Both::Fails) {
            found
                .report(
                    variable.name.place,
                    format!("{} and {} are both set: the container stops", code(&variable.name.value), code(&file.name.value)),
                )
                .related(file.name.span(), "the other one")
                .help("keep one of the two");
        }
    }
}
