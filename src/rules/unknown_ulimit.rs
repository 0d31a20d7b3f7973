//! A limit under `ulimits` does not exist.
//!
//! ## Why
//!
//! Client and manager take any name. The node refuses to make the container, so that no task of
//! the service ever runs.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ulimits:
//!       nofiles: 65536
//! ```
//!
//! ## Fix
//!
//! Write the name that is meant:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ulimits:
//!       nofile: 65536
//! ```
//!
//! ## Source
//!
//! docker/go-units, `ulimit.go`: `invalid ulimit type`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, listed, nearest};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "unknown-ulimit",
    summary: "there is no such limit",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

const KNOWN: &[&str] = &[
    "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc",
    "rss", "rtprio", "rttime", "sigpending", "stack",
];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for limit in service.ulimits.iter().filter(|it| !KNOWN.contains(&it.name.value.as_str())) {
        let near = nearest(&limit.name.value, KNOWN.iter().copied());
        let patch = near.and_then(|near| found.site(limit.name.span())?.rename(near));
        found
            .report(limit.name.place, format!("there is no limit {}", code(&limit.name.value)))
            .help(near.map_or_else(
                || format!("write one of {}", listed(KNOWN.iter().copied())),
                |near| format!("did you mean {}?", code(near)),
            ))
            .fix(Patch::risky(patch, "write the nearest name"));
    }
}
