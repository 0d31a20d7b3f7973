//! A number or a date stands where text is wanted, and Docker writes it otherwise.
//!
//! ## Why
//!
//! Labels, variables and options hold text. What YAML reads as a number or as a date comes out as
//! Docker prints numbers and dates: `1.10` becomes `1.1`, `0027` becomes `23`, `1e3` becomes
//! `1000`, `2024-11-20` becomes `2024-11-20 00:00:00 +0000 UTC`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       API_VERSION: 1.10
//! ```
//!
//! ## Fix
//!
//! Put the value in quotes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       API_VERSION: "1.10"
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: `docker stack config` prints what is sent.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::secret::in_variable;
use crate::source::Named;
use crate::stack::model::{Labels, Text, Variable};
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "yaml-value-changed",
    summary: "number or date that Docker writes otherwise",
    group: Group::Yaml,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let written = |it: &&Variable| !it.from_shell && it.env_file.is_none();
    for variable in service.environment.iter().filter(written) {
        if let Some(text) = &variable.value {
            value(&variable.name.value, text, found);
        }
    }
    let labels = service.deploy.iter().flat_map(|it| &it.labels);
    let logging = service.logging.iter().flat_map(|it| &it.options);
    let all = labels.chain(&service.labels).chain(&service.sysctls);
    for it in all.chain(logging.flat_map(|it: &Labels| it)) {
        value(&it.name.value, &it.value, found);
    }
}

fn value(name: &str, text: &Text, found: &mut Findings) {
    let written = found.text(text.span());
    let number = written.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && written.contains(|c: char| c.is_ascii_digit());
    let is_same = written == text.value || written.contains(['\n', '\r', '"', '\'', '$']);
    if !number || is_same || text.place.is_interpolated() || text.value.is_empty() {
        return;
    }
    let site = found.site(text.span());
    let quoted = site.and_then(|it| it.write(&format!("\"{written}\"")));
    let message = if in_variable(name, "Kx9-vTq27LmW").is_empty() {
        format!("Docker turns {} into {}", code(written), code(&text.value))
    } else {
        format!("Docker turns the value of {} into another text", code(name))
    };
    found
        .report(text, message)
        .help("put it in quotes")
        .fix(Patch::safe(quoted, "put the value in quotes"));
}
