//! The file of a secret is kept in the Git repository.
//!
//! ## Why
//!
//! Whoever has the repository has the secret, and every copy of it keeps it: taking the file out
//! later does not take it out of the history.
//!
//! ## Example
//!
//! ```text key.txt
//! word17x
//! ```
//!
//! ```console
//! $ git add key.txt
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     secrets: [key]
//! secrets:
//!   key: {file: ./key.txt}
//! ```
//!
//! ## Fix
//!
//! Take the file out of Git, `git rm --cached key.txt`, list it in `.gitignore`, and put a new
//! secret in place of the one that was seen. Or create the secret on the manager and use it from
//! there:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     secrets: [key]
//! secrets:
//!   key: {external: true}
//! ```
//!
//! ## Source
//!
//! Git's manual, "index format". Files that a filter of `.gitattributes` encrypts are not reported.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::Stack;
use crate::stack::model::is_true;

pub(super) const RULE: Rule = Rule {
    id: "secret-file-tracked",
    summary: "file of a secret that Git keeps",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for secret in stack.secrets.iter().filter(|it| !is_true(&it.external)) {
        let Some(file) = &secret.file else { continue };
        if stack.beside.tracked.contains(&file.value) {
            found
                .report(file, "whoever has the Git repository has this secret")
                .help("take the file out of Git, and put a new secret in its place");
        }
    }
}
