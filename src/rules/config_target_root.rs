//! A config has no target and lies in the root folder of the container.
//!
//! ## Why
//!
//! Without `target` the file is `/NAME`, where few programs look for it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [site]
//! configs:
//!   site: {external: true}
//! ```
//!
//! ## Fix
//!
//! Say where the program looks for it:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     configs: [{source: site, target: /etc/nginx/conf.d/site.conf}]
//! configs:
//!   site: {external: true}
//! ```
//!
//! ## Source
//!
//! Docker manual, "Store configuration data using Docker Configs".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::files::config_path;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "config-target-root",
    summary: "config without a target lies in the root folder",
    group: Group::Compose,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in service.configs.iter().filter(|it| text(it.target.as_ref()).is_empty()) {
        let Some(source) = it.source.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let path = config_path(it);
        // A command that names the file knows where it is.
        let words = [&service.command, &service.entrypoint].into_iter().flatten().flatten();
        let mut values = service.environment.iter().filter_map(|it| it.value.as_ref());
        if words.into_iter().any(|it| it.value.contains(&path)) || values.any(|it| it.value.contains(&path)) {
            continue;
        }
        found
            .report(source, format!("the config is put at {}", code(&path)))
            .help("say in `target` where the program looks for it");
    }
}
