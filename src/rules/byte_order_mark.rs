//! A file begins with a byte order mark.
//!
//! ## Why
//!
//! Editors on Windows put it there. Docker passes over it; other programs take it for a part of the
//! first key, and comparing tools show a difference that nobody sees.
//!
//! ## Example
//!
//! ```yaml bad
//! ﻿services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Fix
//!
//! Save the file as UTF-8 without a mark:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//! ```
//!
//! ## Source
//!
//! YAML 1.2, "Character encodings"; go-yaml 3 skips the mark.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Span;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "byte-order-mark",
    summary: "byte order mark at the beginning",
    group: Group::Yaml,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

const MARK: &str = "\u{feff}";

fn check(stack: &Stack, found: &mut Findings) {
    for file in &stack.files {
        let mark = Span::new(file.source, 0, MARK.len());
        if found.text(mark) == MARK {
            found
                .report(mark, "the file begins with a byte order mark")
                .help("save it as UTF-8 without one");
        }
    }
}
