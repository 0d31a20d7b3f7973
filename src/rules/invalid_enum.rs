//! A key does not take this value.
//!
//! ## Why
//!
//! The key takes a few words only. Docker refuses some wrong ones when it reads the file and others
//! when it deploys.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       mode: replicatd
//! ```
//!
//! ## Fix
//!
//! Write one of the values that the finding lists:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       mode: replicated
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/data/config_schema_v3.13.json` and `cli/compose/convert`;
//! Docker Engine, `daemon/cluster/convert`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::refused::refused;
use crate::rules::near;
use crate::rules::words::{code, did_you_mean, listed};
use crate::stack::check::{Violation, ViolationKind};
use crate::stack::problem::{Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-enum",
    summary: "value that its key does not take",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let refusal = refused(problem, RULE.id);
    let written = found.text(problem.span).trim_matches(['"', '\'']);
    let (text, allowed): (_, &[_]) = match &problem.kind {
        Kind::UnknownMode { mode } => (mode.as_str(), MODES),
        Kind::Shape(violation) => match **violation {
            Violation { kind: ViolationKind::NotInEnum { allowed }, .. } => (written, allowed),
            _ => return,
        },
        _ => {
            let Some(refusal) = refusal else { return };
            let known = REFUSED.iter().find(|it| refusal.reason.contains(it.0));
            (refusal.reason.rsplit(' ').next().unwrap_or_default(), known.map_or(&[], |it| it.1))
        }
    };
    let text = text.trim_matches('"');
    let help = did_you_mean(text, allowed.iter().copied());
    let site = found.site(problem.span);
    let patch = near(text, allowed.iter().copied()).and_then(|meant| site?.replace(meant));
    found
        .report(problem, format!("{} is none of {}", code(text), listed(allowed.iter().copied())))
        .help(help.unwrap_or_else(|| "write one of these".to_owned()))
        .fix(Patch::risky(patch, "write what is meant"));
}

/// What `deploy.mode` may be.
const MODES: &[&str] = &["replicated", "global", "replicated-job", "global-job"];

/// What a key that the manager looks at may be, by the manager's words.
const REFUSED: &[(&str, &[&str])] = &[
    ("resolution mode", &["vip", "dnsrr"]),
    ("failure action", &["pause", "continue", "rollback"]),
    ("update order", &["stop-first", "start-first"]),
    ("RestartCondition", &["none", "on-failure", "any"]),
    ("MountPropagation", &["private", "rprivate", "shared", "rshared", "slave", "rslave"]),
    ("MountType", &["bind", "volume", "tmpfs", "npipe", "cluster", "image"]),
];
