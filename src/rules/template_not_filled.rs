//! A placeholder such as `{{.Task.Slot}}` stands where Swarm does not fill it.
//!
//! ## Why
//!
//! Swarm fills placeholders in environment values, the hostname, and mounts. In a command, a label
//! or an image the braces reach the program as they are.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     command: [serve, --name, "{{.Node.Hostname}}"]
//! ```
//!
//! ## Fix
//!
//! Put it into a variable, and let a shell read that:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     environment: {NODE: "{{.Node.Hostname}}"}
//!     command: [sh, -c, 'exec serve --name "$$NODE"']
//! ```
//!
//! ## Source
//!
//! SwarmKit, `template/expand.go`: `ExpandContainerSpec`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::model::Text;
use crate::stack::{Service, Stack};
use crate::value::template::{FIELDS, placeholders};

pub(super) const RULE: Rule = Rule {
    id: "template-not-filled",
    summary: "placeholder that Swarm does not fill",
    group: Group::Swarm,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let words = [&service.command, &service.entrypoint].into_iter().flatten().flatten();
    let labels = service.deploy.iter().flat_map(|it| &it.labels).chain(&service.labels);
    let health = service.healthcheck.iter().flat_map(|it| &it.test);
    let plain = [&service.image, &service.user, &service.working_dir].into_iter().flatten();
    for text in words.chain(labels.map(|it| &it.value)).chain(health).chain(plain) {
        report(text, found);
    }
}

fn report(text: &Text, found: &mut Findings) {
    if !text.value.contains("{{") {
        return;
    }
    // Other programs have placeholders, too; only Swarm's own fields are meant for it.
    let own = placeholders(&text.value).into_iter().find(|it| {
        it.fields.iter().any(|it| FIELDS.contains(&it.text.as_str()))
    });
    let Some(it) = own else { return };
    let span = text.place.part(it.range.start, it.range.end);
    let field = it.fields.first().map_or("", |it| it.text.as_str());
    found
        .report(span, format!("Swarm does not fill {} here", code(field)))
        .help("put it into an environment variable, the hostname or a mount");
}
