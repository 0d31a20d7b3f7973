//! The value of a secret comes from a variable of the shell and ends in the environment.
//!
//! ## Why
//!
//! It is not in the file, but in what the manager keeps: whoever may ask Docker about the service,
//! or read `docker inspect` on a node, reads it.
//!
//! ## Example
//!
//! ```yaml bad also required-variable-missing
//! services:
//!   db:
//!     image: postgres:17
//!     environment:
//!       POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}
//! ```
//!
//! ## Fix
//!
//! Keep it in a Docker secret; many images take the path of a file:
//!
//! ```yaml good
//! services:
//!   db:
//!     image: postgres:17
//!     environment:
//!       POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password
//!     secrets: [postgres_password]
//! secrets:
//!   postgres_password:
//!     external: true
//! ```
//!
//! ## Source
//!
//! Docker manual, "Manage sensitive data with Docker secrets".

use crate::diagnostic::Severity;
use crate::image::file_variable;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::texts::{self, Item};
use crate::rules::words::code;
use crate::secret::in_variable;
use crate::stack::Stack;
use crate::stack::model::text;

pub(super) const RULE: Rule = Rule {
    id: "secret-from-variable",
    summary: "secret is put in from a variable",
    group: Group::Secrets,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    if !texts::hold(stack, '$', found) {
        return;
    }
    texts::each(stack, &mut |path, item| {
        let Item::Text(text_written, node) = item else { return };
        let (service, name, value) = match path {
            ["services", service, "environment", name] if *name != "[]" => (service, *name, text_written),
            ["services", service, "environment", "[]"] => match text_written.split_once('=') {
                Some((name, value)) => (service, name, value),
                None => return,
            },
            _ => return,
        };
        let is_variable = value.starts_with('$') && !value.starts_with("$$") && !value.contains(' ');
        // A made-up value asks what the name promises.
        if !is_variable || name.to_uppercase().ends_with("_FILE") || in_variable(name, "Kx9-vTq27LmW").is_empty() {
            return;
        }
        let image = stack.service(service).map_or("", |it| text(it.image.as_ref()));
        let file = file_variable(image, name).and_then(|it| it.name);
        found
            .report(node.place, format!("{} is in plain text wherever Docker shows the service", code(name)))
            .help(file.map_or_else(
                || "keep it in a Docker secret and let the program read `/run/secrets/NAME`".to_owned(),
                |it| format!("keep it in a Docker secret and set {}", code(&it)),
            ));
    });
}
