//! A variable names a file, and the image does not read it.
//!
//! ## Why
//!
//! The habit of `_FILE` variables is one of many images, not of all. Where the image does not know
//! it, the program starts without the value, with its default, or not at all.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   mq:
//!     image: rabbitmq:4
//!     environment:
//!       RABBITMQ_DEFAULT_PASS_FILE: /etc/rabbitmq/pass
//! ```
//!
//! ## Fix
//!
//! Use what the image offers, such as a file with settings:
//!
//! ```yaml good
//! services:
//!   mq:
//!     image: rabbitmq:4
//!     configs: [{source: settings, target: /etc/rabbitmq/conf.d/20-own.conf}]
//! configs:
//!   settings: {external: true}
//! ```
//!
//! ## Source
//!
//! The start scripts of the images.

use crate::diagnostic::Severity;
use crate::image::file_variable;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::image;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "file-variable-unsupported",
    summary: "the image does not read the variable of a file",
    group: Group::Secrets,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(image) = image(service) else { return };
    for variable in &service.environment {
        let name = variable.name.value.as_str();
        let Some(plain) = name.strip_suffix("_FILE") else { continue };
        let Some(row) = file_variable(&image.value, plain).filter(|it| it.verified) else { continue };
        let is_wrong = match &row.name {
            None => row.not.is_none_or(|it| it == name),
            Some(known) => known != name && row.not == Some(name),
        };
        if is_wrong {
            let help = match &row.name {
                Some(known) => format!("write {}", code(known)),
                None => "put the value into a config file of the program, as a secret".to_owned(),
            };
            found
                .report(variable.name.place, format!("the image {} does not read {}", code(&image.value), code(name)))
                .help(help);
        }
    }
}
