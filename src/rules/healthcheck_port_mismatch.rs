//! A healthcheck asks a port that nothing else of the service names.
//!
//! ## Why
//!
//! The check may be left from another service: it fails although the program works, and the task is
//! started anew again and again.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost:8000/health"]
//! ```
//!
//! ## Fix
//!
//! Ask the port that the program serves on:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     ports: ["80:8080"]
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost:8080/health"]
//! ```
//!
//! ## Source
//!
//! A guess: programs may serve their health on a port of its own.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "healthcheck-port-mismatch",
    summary: "healthcheck on a port that nothing else names",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::All,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let targets: Vec<u32> = service.ports.iter().filter_map(|it| it.target.as_ref()).map(|it| it.value).collect();
    let Some(it) = service.healthcheck.as_ref().filter(|_| !targets.is_empty()) else { return };
    for word in &it.test {
        let asked = ["localhost:", "127.0.0.1:"].iter().find_map(|host| word.value.split_once(host));
        let Some((_, rest)) = asked else { continue };
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let Ok(port) = rest[..end].parse::<u32>() else { continue };
        if !targets.contains(&port) {
            found
                .report(word, format!("it asks port {port}, and none such is published"))
                .help("ask the port that the program serves on");
        }
    }
}
