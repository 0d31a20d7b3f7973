//! An env file holds a secret in plain text.
//!
//! ## Why
//!
//! Docker reads the file when it deploys, and the secret stands in the service's spec like any
//! other variable.
//!
//! ## Fix
//!
//! Take the line out and keep the value in a Docker secret; most images take the path of its file
//! in a variable that ends in `_FILE`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::secrets::{report, variable_help};
use crate::stack::Stack;
use crate::stack::exposure::{Exposure, Section};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-env-file",
    summary: "secret in plain text in an env file",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, stack: &Stack, found: &mut Findings) {
    if exposure.section != Section::EnvFile {
        return;
    }
    if let Some(finding) = report(exposure, "in an env file", found) {
        finding.help(variable_help(exposure, stack));
    }
}
