//! A value is not a duration.
//!
//! ## Why
//!
//! Docker reads durations as Go does: numbers, each with a unit of `ns`, `us`, `ms`, `s`, `m` or
//! `h`. There are no days, no words such as `seconds` and no blanks, and only `0` needs no unit.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     stop_grace_period: 30
//! ```
//!
//! ## Fix
//!
//! Write the unit:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     stop_grace_period: 1m30s
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/schema.go`; durations are those of Go's
//! `time.ParseDuration`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::types;
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "invalid-duration",
    summary: "value is not a duration",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let is_duration = match &problem.kind {
        Kind::Value { grammar: Grammar::Duration, .. } => true,
        Kind::Shape(violation) => {
            matches!(violation.kind, ViolationKind::InvalidDuration)
                || types::is_bare_duration(violation)
        }
        _ => false,
    };
    if !is_duration {
        return;
    }
    let text = found.text(problem.span).trim_matches(['"', '\'']);
    let site = found.site(problem.span);
    let patch = meant(text).and_then(|meant| site?.replace(&meant));
    found
        .report(problem, format!("{} is not a duration", code(text)))
        .help(help(text))
        .fix(Patch::safe(patch, "write the unit as Docker does"));
}

/// The duration, where its unit is clear.
fn meant(text: &str) -> Option<String> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let unit = text.get(number.len()..)?.trim();
    let unit = match unit {
        "" | "sec" | "secs" | "second" | "seconds" | "s" => "s",
        "min" | "mins" | "minute" | "minutes" | "m" => "m",
        "hr" | "hrs" | "hour" | "hours" | "h" => "h",
        "msec" | "msecs" | "millisecond" | "milliseconds" | "ms" => "ms",
        _ => return None,
    };
    let whole = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
    whole.then(|| format!("{number}{unit}"))
}

fn help(text: &str) -> String {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
    let number = text.len() > unit.len();
    let number_text = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    match unit {
        "" if number => format!("add a unit: `{text}s`"),
        "sec" | "secs" | "second" | "seconds" if number => format!("write `{number_text}s`"),
        "min" | "mins" | "minute" | "minutes" if number => format!("write `{number_text}m`"),
        "d" | "day" | "days" if number => "there are no days: write hours, as in `24h`".to_owned(),
        _ => "write numbers with units, such as `1m30s`".to_owned(),
    }
}
