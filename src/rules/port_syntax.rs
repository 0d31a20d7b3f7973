//! A port in short form cannot be read.
//!
//! ## Why
//!
//! The short form is `[[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]`, with ports from 0 to 65535, or
//! ranges of equal length, and the protocols tcp, udp and sctp. Docker says only that the text does
//! not match the format.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080-8082:80-81"]
//! ```
//!
//! ## Fix
//!
//! Correct it, or use the long form:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080-8081:80-81"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/schema/schema.go`; ports are read by
//! `github.com/docker/go-connections/nat`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::check::ViolationKind;
use crate::stack::problem::{Grammar, Kind, Problem};

pub(super) const RULE: Rule = Rule {
    id: "port-syntax",
    summary: "port in short form cannot be read",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let is_port = match &problem.kind {
        Kind::Value { grammar: Grammar::Port, .. } => true,
        Kind::Shape(violation) => matches!(violation.kind, ViolationKind::InvalidPort),
        _ => false,
    };
    if !is_port {
        return;
    }
    let text = found.text(problem.span).trim_matches(['"', '\'']);
    found
        .report(problem, format!("{} is no port", code(text)))
        .help("write `[[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]`, such as `8080:80/tcp`");
}
