//! A variable is set in `.env` only, which `docker stack` does not read.
//!
//! ## Why
//!
//! `docker compose` reads the file `.env` beside the stack file, `docker stack deploy` does not:
//! the variables in it are not set, and nothing says so.
//!
//! ## Example
//!
//! ```text .env
//! LEVEL=debug
//! ```
//!
//! ```yaml bad also unset-variable
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment: {LEVEL: "${LEVEL}"}
//! ```
//!
//! ## Fix
//!
//! Export the variables before the deploy, as in `set -a; . ./.env; set +a`, or give them
//! defaults:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment: {LEVEL: "debug"}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2: `docker stack config` beside a `.env` file.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Place;
use crate::stack::{Stack, VariableUse};

pub(super) const RULE: Rule = Rule {
    id: "dotenv-not-loaded",
    summary: "variable is set in `.env`, which nobody reads",
    group: Group::Variables,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let is_lost = |it: &&VariableUse| !it.is_set && stack.beside.dotenv.contains(&it.name);
    let mut lost = stack.variables.iter().filter(is_lost);
    let Some(first) = lost.next() else { return };
    let span = first.place.part(first.range.start, first.range.end);
    let others = lost.filter(|it| it.name != first.name).count();
    let more = if others == 0 { "" } else { ", as are others" };
    found
        .report(Place { span, ..first.place }, format!("{} is set in `.env`{more}, which `docker stack` does not read", code(&first.name)))
        .help("export it before the deploy: `set -a; . ./.env; set +a`; here, name it with `--env-file`");
}
