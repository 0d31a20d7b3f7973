//! A port, secret, alias or log option is lost when files are merged.
//!
//! ## Why
//!
//! As soon as a second file names the service, Docker keeps one port of each published number,
//! whatever its protocol, and one of all that have no number. Of the mounts of one secret or config
//! it keeps the last. A network that is written as a mapping again loses its aliases, and log options
//! are dropped where the first file has none. Nothing is said of it.
//!
//! ## Example
//!
//! ```yaml override.yml
//! services:
//!   dns:
//!     deploy: {placement: {constraints: [node.role == worker]}}
//! ```
//!
//! ```yaml bad
//! services:
//!   dns:
//!     image: example/dns:1.11
//!     ports:
//!       - "5353:5353/tcp"
//!       - "5353:5353/udp"
//! ```
//!
//! ## Fix
//!
//! Keep the service in one file:
//!
//! ```yaml override.yml good
//! services:
//!   web:
//!     image: example/shop:4.2
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/loader/merge.go`; `docker stack config` prints what is left.

use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::merged::{both, entries, items, pairs};
use crate::rules::words::code;
use crate::source::Span;
use crate::stack::model::text;
use crate::stack::{Service, Stack};
use crate::yaml::Node;

pub(super) const RULE: Rule = Rule {
    id: "merge-loses-entry",
    summary: "entry that is lost when files are merged",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for (base, over) in pairs(stack) {
        for (name, theirs, ours) in both(base, over) {
            let Some(service) = stack.service(name) else { continue };
            ports(service, theirs, ours, found);
            mounts(service, theirs, ours, found);
            aliases(service, theirs, ours, found);
            options(service, ours, found);
        }
    }
}

/// Ports that one of the same number, but of another protocol, has taken the place of.
fn ports(service: &Service, theirs: &Node, ours: &Node, found: &mut Findings) {
    let kept: BTreeSet<Span> = service.ports.iter().map(|it| it.place.span).collect();
    let (before, after) = (items(theirs, "ports"), items(ours, "ports"));
    let protocol = |it: &str| {
        let it = it.trim_matches(['"', '\'']);
        it.split_once('/').map_or_else(|| "tcp".to_owned(), |it| it.1.to_ascii_lowercase())
    };
    for at in before.iter().chain(&after).filter(|it| !kept.contains(it)) {
        let written = found.text(*at).to_owned();
        // A mapping has its protocol elsewhere.
        if written.contains(['\n', '{', '$']) {
            continue;
        }
        let has_number = written.contains(':');
        let number = written.trim_matches(['"', '\'']).split(':').rev().nth(1).unwrap_or_default();
        let instead = service.ports.iter().find(|it| {
            let published = it.published.as_ref().map_or(0, |it| it.value);
            if has_number { number == published.to_string() } else { published == 0 }
        });
        let Some(instead) = instead else { continue };
        let other = text(instead.protocol.as_ref());
        if !has_number || !other.eq_ignore_ascii_case(&protocol(&written)) {
            found
                .report(*at, format!("the port {} is lost", code(written.trim_matches(['"', '\'']))))
                .related(instead.place.span, "Docker keeps this one")
                .help("write all ports of the service in one file");
        }
    }
}

/// Secrets and configs that are mounted twice.
fn mounts(service: &Service, theirs: &Node, ours: &Node, found: &mut Findings) {
    for (key, kept) in [("secrets", &service.secrets), ("configs", &service.configs)] {
        let kept: BTreeSet<Span> = kept.iter().map(|it| it.place.span).collect();
        let target = |it: &Node| {
            let target = it.get("target").or_else(|| it.get("source")).unwrap_or(it);
            target.as_text().unwrap_or_default().to_owned()
        };
        let source = |it: &Node| it.get("source").unwrap_or(it).as_text().unwrap_or_default().to_owned();
        let list = |it: &'_ Node| it.get(key).and_then(Node::as_list).unwrap_or_default().to_vec();
        let all: Vec<Node> = [list(theirs), list(ours)].concat();
        for lost in all.iter().filter(|it| !kept.contains(&it.span())) {
            let twin = all.iter().find(|it| kept.contains(&it.span()) && source(it) == source(lost));
            if let Some(twin) = twin.filter(|it| target(it) != target(lost)) {
                found
                    .report(lost.place, format!("the file {} is not mounted", code(&target(lost))))
                    .related(twin.span(), "Docker keeps this one")
                    .help("write all mounts of it in one file");
            }
        }
    }
}

/// Aliases of a network that is written as a mapping again.
fn aliases(service: &Service, theirs: &Node, ours: &Node, found: &mut Findings) {
    for network in entries(ours, &["networks"]).iter().filter(|it| it.node.as_map().is_some()) {
        let name = network.key.text.as_str();
        let before = theirs.get("networks").and_then(|it| it.get(name)?.get("aliases")?.as_list());
        let now = service.networks.iter().find(|it| it.name.value == name);
        let is_left = now.and_then(|it| it.value.as_ref()).is_some_and(|it| !it.aliases.is_empty());
        if let Some(first) = before.and_then(|it| it.first()).filter(|_| !is_left) {
            found
                .report(network.key.span, format!("the aliases on {} are lost", code(name)))
                .related(first.span(), "written here")
                .help("repeat the aliases");
        }
    }
}

/// Log options where the first file has none.
fn options(service: &Service, ours: &Node, found: &mut Findings) {
    let left = service.logging.as_ref().and_then(|it| it.options.as_ref());
    for option in entries(ours, &["logging", "options"]) {
        let name = option.key.text.as_str();
        if !left.is_some_and(|it| it.iter().any(|it| it.name.value == name)) {
            found
                .report(option.key.span, format!("the log option {} is lost", code(name)))
                .help("write the options in the first file");
        }
    }
}
