//! A path of Windows stands in a stack for Linux.
//!
//! ## Why
//!
//! On a Linux node the source of the mount is taken as it stands: no such folder exists there, and
//! each task is rejected.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ['C:\data:/srv']
//! ```
//!
//! ## Fix
//!
//! Write the path that the nodes have:
//!
//! ```yaml good
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ["/srv/data:/srv"]
//!     deploy: {placement: {constraints: [node.labels.data == true]}}
//! ```
//!
//! ## Source
//!
//! The CLI's loader keeps a path with a drive letter as it is.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "windows-path",
    summary: "path of Windows in a stack for Linux",
    group: Group::Storage,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let constraints = service.deploy.iter().flat_map(|it| &it.placement.constraints);
    let on_windows = constraints.into_iter().any(|it| it.value.to_ascii_lowercase().contains("windows"));
    if on_windows || service.isolation.is_some() || service.credential_spec.is_some() {
        return;
    }
    for mount in &service.volumes {
        let Some(source) = bind_source(mount) else { continue };
        let target = text(mount.target.as_ref());
        let starts = |path: &str| {
            let bytes = path.as_bytes();
            bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/')
        };
        if starts(&source.value) && !starts(target) {
            found
                .report(source, format!("no Linux node has {}", code(&source.value)))
                .help("write the path that the nodes have");
        }
    }
}
