//! How rules name types, and which wrong types have a rule of their own.

use crate::diagnostic::Fix;
use crate::edit::Patch;
use crate::source::Span;
use crate::stack::check::{Segment, Violation, ViolationKind};
use crate::stack::keys::Type;

/// `a number`, `text`.
pub(super) fn article(it: Type) -> &'static str {
    match it {
        Type::Text => "text",
        Type::Number => "a number",
        Type::Integer => "a whole number",
        Type::Bool => "`true` or `false`",
        Type::Mapping => "a mapping",
        Type::List => "a list",
        Type::Null => "an empty value",
    }
}

/// `text, a number or an empty value`.
pub(super) fn listed(types: &[Type]) -> String {
    let mut words: Vec<_> = types.iter().map(|it| article(*it)).collect();
    words.dedup();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// A type by the name that Go has for it.
pub(super) fn named(go: &str) -> &str {
    match go {
        "time" | "time.Time" => "a date",
        "nil" | "null" => "an empty value",
        "float64" | "float" => "a number with a fraction",
        "int" | "int64" | "uint64" => "a number",
        "bool" => "a boolean",
        "string" => "text",
        "map" => "a mapping",
        "slice" => "a list",
        _ => "this value",
    }
}

/// Whether another rule than `wrong-type` words it.
pub(super) fn has_rule_of_its_own(violation: &Violation) -> bool {
    let ViolationKind::WrongType { expected, found } = &violation.kind else { return false };
    (*found == Type::Bool && expected.contains(&Type::Text))
        || is_bare_duration(violation)
        || is_long_depends_on(violation)
        || is_long_env_file(violation)
}

/// `stop_grace_period: 30`
pub(super) fn is_bare_duration(violation: &Violation) -> bool {
    const DURATIONS: &[&str] = &[
        "delay",
        "interval",
        "monitor",
        "start_interval",
        "start_period",
        "stop_grace_period",
        "timeout",
        "window",
    ];
    let is_number = matches!(
        violation.kind,
        ViolationKind::WrongType { found: Type::Integer | Type::Number, .. }
    );
    // A label or a variable may have such a name, too, but takes a number.
    is_number
        && matches!(violation.path.last(), Some(Segment::Key(key)) if DURATIONS.contains(&key.as_str()))
}

/// `depends_on: {db: {…}}`
pub(super) fn is_long_depends_on(violation: &Violation) -> bool {
    is_mapping(violation)
        && matches!(&violation.path[..], [Segment::Key(top), _, Segment::Key(key)]
            if top == "services" && key == "depends_on")
}

/// `env_file: [{path: …}]`
pub(super) fn is_long_env_file(violation: &Violation) -> bool {
    is_mapping(violation)
        && matches!(&violation.path[..], [Segment::Key(top), _, Segment::Key(key), ..]
            if top == "services" && key == "env_file")
}

fn is_mapping(violation: &Violation) -> bool {
    matches!(violation.kind, ViolationKind::WrongType { found: Type::Mapping, .. })
}

fn is_number(it: Type) -> bool {
    matches!(it, Type::Integer | Type::Number)
}

/// Quotes around a number or a boolean, or none around a number, where that gives the right type.
pub(super) fn quoting(span: Span, text: &str, expected: &[Type], found: Type) -> Option<Fix> {
    let plain = |it: &str| {
        !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric() || "+-._".contains(c))
    };
    let (title, replacement) = match found {
        Type::Bool | Type::Integer | Type::Number
            if expected.contains(&Type::Text) && plain(text) =>
        {
            ("put the value in quotes", format!("\"{text}\""))
        }
        Type::Text if expected == [Type::Bool] => {
            let inside = text.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
            if !["true", "false"].contains(&inside) {
                return None;
            }
            ("remove the quotes", inside.to_owned())
        }
        Type::Text if !expected.is_empty() && expected.iter().copied().all(is_number) => {
            let inside = text.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
            let decimal = !inside.is_empty()
                && inside.bytes().all(|it| it.is_ascii_digit())
                && (inside == "0" || !inside.starts_with('0'));
            if !decimal {
                return None;
            }
            ("remove the quotes", inside.to_owned())
        }
        _ => return None,
    };
    Patch::safe(Some(Patch::raw(span, replacement)), title)
}
