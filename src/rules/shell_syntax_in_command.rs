//! A command has operators of a shell, and no shell reads it.
//!
//! ## Why
//!
//! Docker splits the text into words and starts the first one. `&&`, `|`, `>` and `$(…)` are passed
//! to the program as arguments: what follows them is never run, and a password becomes the text
//! `$(cat /run/secrets/password)`.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: node:22
//!     command: npm run migrate && npm start
//! ```
//!
//! ## Fix
//!
//! Give the text to a shell:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: node:22
//!     command: [sh, -c, "npm run migrate && exec npm start"]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/loader.go`: commands are split with google/shlex.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "shell-syntax-in-command",
    summary: "command has operators but no shell",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

const OPERATORS: &[&str] = &["&&", "||", "|", ">", ">>", "2>&1"];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let entrypoint = service.entrypoint.as_deref().unwrap_or_default();
    for words in [&service.entrypoint, &service.command].into_iter().flatten() {
        if shell(entrypoint) || shell(words) {
            continue;
        }
        let Some(word) = words.iter().find(|it| is_syntax(&it.value)) else { continue };
        let sign = if word.value.contains("$(") { "$(…)" } else { word.value.as_str() };
        found
            .report(word, format!("{} is an argument here: no shell reads it", code(sign)))
            .help("give the text to a shell: `[sh, -c, \"…\"]`");
    }
}

/// Whether only a shell makes sense of a word.
fn is_syntax(word: &str) -> bool {
    OPERATORS.contains(&word) || word.starts_with("$(") || word.contains("=$(")
}

/// Whether the words hand text to another program that may be a shell.
fn shell(words: &[Text]) -> bool {
    words.iter().any(|it| {
        let word = it.value.as_str();
        let program = matches!(word, "cmd" | "eval" | "powershell" | "fish");
        program || word.ends_with("sh") || (word.starts_with('-') && !word.starts_with("--") && word.ends_with('c'))
    })
}
