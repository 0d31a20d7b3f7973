//! A bare `yes`, `no`, `on` or `off` is meant as text.
//!
//! ## Why
//!
//! Docker reads these words as text. Programs that go by YAML 1.1, such as those in Python and
//! Ruby, read `true` and `false`: the same file says other things to them.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       COLOURS: no
//! ```
//!
//! ## Fix
//!
//! Put the word in quotes:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment:
//!       COLOURS: "no"
//! ```
//!
//! ## Source
//!
//! YAML 1.1, type `bool`; go-yaml 3 reads these words as booleans only where its type wants one.

use crate::diagnostic::{Fix, Severity};
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::stack::Stack;

pub(super) const RULE: Rule = Rule {
    id: "boolean-word-without-quotes",
    summary: "`yes` or `no` without quotes",
    group: Group::Yaml,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off"];

/// What holds text.
const SECTIONS: &[&str] = &["args", "driver_opts", "environment", "labels", "options", "sysctls"];

fn check(stack: &Stack, found: &mut Findings) {
    texts::each(stack, &mut |path, item| {
        let Item::Text(text, node) = item else { return };
        let [.., section, _] = path else { return };
        let is_word = WORDS.iter().any(|it| it.eq_ignore_ascii_case(text));
        if !is_word || !SECTIONS.contains(section) || found.text(node.span()) != text {
            return;
        }
        let quoted = found.site(node.span()).and_then(|it| it.write(&format!("\"{text}\"")));
        found
            .report(node.place, format!("{} is a text to Docker, and a boolean to older readers of YAML", code(text)))
            .help("put it in quotes")
            .fix(Patch::safe(quoted, "put it in quotes").map(Fix::without_effect));
    });
}
