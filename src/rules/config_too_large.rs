//! The file of a config is larger than Swarm takes.
//!
//! ## Why
//!
//! A config holds at most 1 023 999 bytes; in engines up to 20.10.14 it was 511 999. The deploy
//! stops there: the networks exist by then, the services do not.
//!
//! ## Example
//!
//! ```console
//! $ wc -c geo.db
//! 1024000 geo.db
//! ```
//!
//! ```yaml bad
//! services: {}
//! configs:
//!   geo:
//!     file: ./geo.db
//! ```
//!
//! ## Fix
//!
//! Make the file smaller, split it, or put the content into the image or a volume:
//!
//! ```console good
//! $ wc -c geo.db
//! 511999 geo.db
//! ```
//!
//! ## Source
//!
//! SwarmKit, `manager/controlapi/config.go`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::problem::{Kind, Object, Problem};

pub(super) const RULE: Rule = Rule {
    id: "config-too-large",
    summary: "file of a config is larger than Swarm takes",
    group: Group::Swarm,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::FileSize { object: Object::Config, size } = &problem.kind else { return };
    if *size >= LIMIT {
        found
            .report(
                problem,
                format!("the file has {size} bytes, a config holds at most {}", LIMIT - 1),
            )
            .help("make it smaller, split it, or put the content into the image or a volume");
    } else if *size >= OLD_LIMIT {
        found
            .report(problem, format!("the file has {size} bytes, too many for older engines"))
            .help(format!("engines up to 20.10.14 take less than {OLD_LIMIT}"))
            .at_most(Severity::Warning);
    }
}

/// The first size that the manager refuses, in bytes.
const LIMIT: u64 = 1_024_000;
/// The first size that engines up to 20.10.14 refuse, in bytes.
const OLD_LIMIT: u64 = 512_000;
