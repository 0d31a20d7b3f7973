//! Where an inventory and the running swarm differ. Tasks come and go and are not compared, nor what
//! the inventory does not say.

use crate::cluster::{Amount, Cluster, Generic, Kind, Network, Node, Problem};
use crate::source::{Named, SourceId, Span, Spanned};
use crate::value::constraint::Role;
use std::collections::{BTreeMap, BTreeSet};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// A node that the swarm does not have.
    NodeGone { node: String },
    /// A node that the inventory does not have.
    NodeNew { node: String },
    /// A property of a node.
    Node { node: String, what: Property, file: String, live: String },
    /// A label, or one of the engine; none where there is none.
    Label { node: String, label: String, engine: bool, file: Option<String>, live: Option<String> },
    /// A secret, config, network or service that the swarm does not have.
    Gone { what: &'static str, name: String },
    /// One that the inventory does not have.
    New { what: &'static str, name: String },
}

/// What may be different about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    Role,
    Availability,
    State,
    Address,
    Os,
    Arch,
    Cpus,
    Memory,
    GenericResources,
    Plugins,
}

impl Property {
    /// The key in an inventory.
    pub fn key(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Availability => "availability",
            Self::State => "state",
            Self::Address => "address",
            Self::Os => "os",
            Self::Arch => "arch",
            Self::Cpus => "cpus",
            Self::Memory => "memory",
            Self::GenericResources => "generic_resources",
            Self::Plugins => "plugins",
        }
    }
}

/// Compares an inventory, the text of which is a source, with the running swarm.
pub fn drift(file: &Cluster, source: SourceId, live: &Cluster) -> Vec<Problem> {
    let mut found = Vec::new();
    let top = Span::new(source, 0, 0);
    let mut report =
        |drift: Drift, span: Span| found.push(Problem::new(Kind::Drift(Box::new(drift)), span));
    let ids: BTreeMap<&str, &Node> =
        live.nodes.iter().map(|it| (it.value.id.value.as_str(), &it.value)).collect();
    let hosts: BTreeMap<&str, &Node> =
        live.nodes.iter().map(|it| (it.value.hostname.value.as_str(), &it.value)).collect();
    let mut known = BTreeSet::new();
    for it in &file.nodes {
        // Who does not write ids means the host's name.
        let own = &it.value;
        let same =
            ids.get(own.id.value.as_str()).or_else(|| hosts.get(own.hostname.value.as_str()));
        let Some(same) = same else {
            let node = it.name.value.clone();
            report(Drift::NodeGone { node }, it.name.place.span);
            continue;
        };
        known.insert(same.id.value.as_str());
        properties(it, same, &mut report);
        labels(it, same, &mut report);
    }
    let last = file.nodes.last().map_or(top, |it| it.name.place.span);
    for it in live.nodes.iter().filter(|it| !known.contains(it.value.id.value.as_str())) {
        report(Drift::NodeNew { node: it.name.value.clone() }, last);
    }
    let names = |them: &[Spanned<String>]| -> Vec<(String, Span)> {
        them.iter().map(|it| (it.value.clone(), it.place.span)).collect()
    };
    let secrets = |it: &Cluster| it.secrets.as_deref().map(names);
    let configs = |it: &Cluster| it.configs.as_deref().map(names);
    let is_ours = |it: &&Named<Network>| it.value.scope.value == "swarm";
    let networks = |it: &Cluster| {
        let all = it.networks.as_deref()?;
        Some(
            all.iter()
                .filter(is_ours)
                .map(|it| (it.name.value.clone(), it.name.place.span))
                .collect(),
        )
    };
    let services = |it: &Cluster| {
        let all = it.services.as_deref()?;
        Some(all.iter().map(|it| (it.name.value.clone(), it.name.place.span)).collect())
    };
    objects("secret", secrets(file), secrets(live), top, &mut report);
    objects("config", configs(file), configs(live), top, &mut report);
    objects("network", networks(file), networks(live), top, &mut report);
    objects("service", services(file), services(live), top, &mut report);
    found
}

type Objects = Option<Vec<(String, Span)>>;

fn objects(
    what: &'static str,
    file: Objects,
    live: Objects,
    top: Span,
    report: &mut impl FnMut(Drift, Span),
) {
    let (Some(file), Some(live)) = (file, live) else { return };
    let there: BTreeSet<&str> = live.iter().map(|it| it.0.as_str()).collect();
    let here: BTreeSet<&str> = file.iter().map(|it| it.0.as_str()).collect();
    for (name, span) in file.iter().filter(|it| !there.contains(it.0.as_str())) {
        report(Drift::Gone { what, name: name.clone() }, *span);
    }
    let last = file.last().map_or(top, |it| it.1);
    // Every swarm has this one, and nobody writes it down.
    let is_new = |it: &&str| !here.contains(it) && *it != "ingress";
    for name in there.iter().copied().filter(is_new) {
        report(Drift::New { what, name: name.to_owned() }, last);
    }
}

fn properties(it: &Named<Node>, live: &Node, report: &mut impl FnMut(Drift, Span)) {
    let (node, file) = (&it.name.value, &it.value);
    let own = it.name.place.span;
    let role = |it: Role| if it == Role::Manager { "manager" } else { "worker" };
    let platform = |it: &Node| it.platform.clone().unwrap_or_default();
    let number = |it: &Option<Spanned<i64>>| it.as_ref().map(|it| it.value.to_string());
    let kinds = |it: &Node| Some(generic(&it.generic_resources)).filter(|it| !it.is_empty());
    let plugins = |it: &Node| {
        let mut all: Vec<_> = it
            .plugins
            .as_ref()?
            .iter()
            .map(|it| format!("{}/{}", it.kind.to_lowercase(), it.name))
            .collect();
        all.sort();
        Some(all.join(", "))
    };
    let text = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
    let place = |span: Span| if span.range().is_empty() { own } else { span };
    let at = |it: &Option<Spanned<i64>>| it.as_ref().map_or(own, |it| it.place.span);
    let (ours, theirs) = (platform(file), platform(live));
    let pairs = [
        (
            Property::Role,
            text(role(file.role.value)),
            text(role(live.role.value)),
            file.role.place.span,
        ),
        (
            Property::Availability,
            text(file.availability.value.as_str()),
            text(live.availability.value.as_str()),
            file.availability.place.span,
        ),
        (
            Property::State,
            text(file.state.value.as_str()),
            text(live.state.value.as_str()),
            file.state.place.span,
        ),
        (
            Property::Address,
            text(&file.address.value),
            text(&live.address.value),
            file.address.place.span,
        ),
        (Property::Os, text(&ours.os), text(&theirs.os), own),
        (Property::Arch, text(&ours.arch), text(&theirs.arch), own),
        (Property::Cpus, number(&file.nano_cpus), number(&live.nano_cpus), at(&file.nano_cpus)),
        (
            Property::Memory,
            number(&file.memory_bytes),
            number(&live.memory_bytes),
            at(&file.memory_bytes),
        ),
        (Property::Plugins, plugins(file), plugins(live), own),
    ];
    for (what, file, live, span) in pairs {
        if let (Some(file), Some(live)) = (file, live)
            && file != live
        {
            report(Drift::Node { node: node.clone(), what, file, live }, place(span));
        }
    }
    if kinds(file) != kinds(live) {
        let nothing = || "none".to_owned();
        let (file, live) =
            (kinds(file).unwrap_or_else(nothing), kinds(live).unwrap_or_else(nothing));
        report(
            Drift::Node { node: node.clone(), what: Property::GenericResources, file, live },
            own,
        );
    }
}

fn generic(them: &[Generic]) -> String {
    let one = |it: &Generic| match &it.amount {
        Amount::Count(count) => format!("{}: {count}", it.kind),
        Amount::Named(names) => format!("{}: {}", it.kind, names.join(" ")),
    };
    them.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn labels(it: &Named<Node>, live: &Node, report: &mut impl FnMut(Drift, Span)) {
    let file = &it.value;
    for (engine, ours, theirs) in
        [(false, &file.labels, &live.labels), (true, &file.engine_labels, &live.engine_labels)]
    {
        let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        for label in names {
            let (file_has, live_has) = (ours.get(label), theirs.get(label));
            if file_has == live_has {
                continue;
            }
            // `labels` come before those of the engine.
            let mut places = file.label_places.iter().filter(|it| it.name.value == *label);
            let place = if engine && file.labels.contains_key(label) {
                places.nth(1)
            } else {
                places.next()
            };
            let span = place.filter(|_| file_has.is_some()).map(|it| it.name.place.span);
            let drift = Drift::Label {
                node: it.name.value.clone(),
                label: label.clone(),
                engine,
                file: file_has.cloned(),
                live: live_has.cloned(),
            };
            report(drift, span.unwrap_or(it.name.place.span));
        }
    }
}

impl std::fmt::Display for Drift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NodeGone { node } => write!(f, "the swarm has no node `{node}`"),
            Self::NodeNew { node } => write!(f, "the swarm has a node `{node}` that is not here"),
            Self::Node { node, what, file, live } => {
                let (key, file, live) = (what.key(), shown(*what, file), shown(*what, live));
                write!(f, "`{key}` of `{node}` is `{live}` in the swarm, not `{file}`")
            }
            Self::Label { node, label, engine, file, live } => {
                let whose = if *engine { "engine label" } else { "label" };
                let article = if *engine { "an" } else { "a" };
                match (file, live) {
                    (Some(_), None) => {
                        write!(f, "`{node}` has no {whose} `{label}` in the swarm")
                    }
                    (None, _) => {
                        write!(
                            f,
                            "`{node}` has {article} {whose} `{label}` in the swarm that is not here"
                        )
                    }
                    // The values may be secrets: whoever wants to know them looks there.
                    (Some(_), Some(_)) => {
                        write!(
                            f,
                            "the {whose} `{label}` of `{node}` has another value in the swarm"
                        )
                    }
                }
            }
            Self::Gone { what, name } => write!(f, "the swarm has no {what} `{name}`"),
            Self::New { what, name } => {
                write!(f, "the swarm has a {what} `{name}` that is not here")
            }
        }
    }
}

/// Amounts in the units of an inventory.
fn shown(what: Property, text: &str) -> String {
    let number = text.parse::<i64>().unwrap_or_default() as f64;
    match what {
        Property::Cpus => format!("{}", number / 1e9),
        Property::Memory => format!("{:.1} GiB", number / f64::from(1 << 30)),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::drift;
    use crate::cluster::inventory::read;
    use crate::source::SourceId;

    /// What is said of two inventories: the bytes of the first that it points at, and the words.
    fn said(file: &str, live: &str) -> Vec<String> {
        let source = SourceId::default();
        let found = drift(&read(source, file).0, source, &read(source, live).0);
        found.iter().map(|it| format!("{}: {}", &file[it.span.range()], it.message)).collect()
    }

    #[test]
    fn what_differs_is_said_at_its_place() {
        for (file, live, expected) in [
            (
                "nodes: {a: {}}",
                "nodes: {b: {}}",
                "a: the swarm has no node `a`|a: the swarm has a node `b` that is not here",
            ),
            (
                "nodes: {a: {role: manager}}",
                "nodes: {a: {}}",
                "manager: `role` of `a` is `worker` in the swarm, not `manager`",
            ),
            (
                "nodes: {a: {}}",
                "nodes: {a: {availability: drain}}",
                "a: `availability` of `a` is `drain` in the swarm, not `active`",
            ),
            (
                "nodes: {a: {cpus: 2}}",
                "nodes: {a: {cpus: 4}}",
                "2: `cpus` of `a` is `4` in the swarm, not `2`",
            ),
            (
                "nodes: {a: {memory: 2GiB}}",
                "nodes: {a: {memory: 4GiB}}",
                "2GiB: `memory` of `a` is `4.0 GiB` in the swarm, not `2.0 GiB`",
            ),
            (
                "nodes: {a: {labels: {d: x}}}",
                "nodes: {a: {labels: {d: y}}}",
                "d: the label `d` of `a` has another value in the swarm",
            ),
            (
                "nodes: {a: {labels: {d: x}}}",
                "nodes: {a: {}}",
                "d: `a` has no label `d` in the swarm",
            ),
            (
                "nodes: {a: {}}",
                "nodes: {a: {engine_labels: {d: y}}}",
                "a: `a` has an engine label `d` in the swarm that is not here",
            ),
            (
                "nodes: {a: {generic_resources: {GPU: 2}}}",
                "nodes: {a: {}}",
                "a: `generic_resources` of `a` is `none` in the swarm, not `GPU: 2`",
            ),
            (
                "nodes: {a: {plugins: [log/x]}}",
                "nodes: {a: {plugins: [log/y]}}",
                "a: `plugins` of `a` is `log/y` in the swarm, not `log/x`",
            ),
            (
                "secrets: [a, b]",
                "secrets: [b, c]",
                "a: the swarm has no secret `a`|b: the swarm has a secret `c` that is not here",
            ),
            ("services: {a: {}}", "services: {}", "a: the swarm has no service `a`"),
            (
                "networks: {a: {}}",
                "networks: {b: {}, ingress: {}}",
                "a: the swarm has no network `a`|a: the swarm has a network `b` that is not here",
            ),
        ] {
            assert_eq!(said(file, live).join("|"), expected, "{file} / {live}");
        }
    }

    #[test]
    fn what_is_not_said_does_not_differ() {
        for (file, live) in [
            (
                "nodes: {a: {}}",
                "nodes: {a: {id: x1, cpus: 4, memory: 1GiB, address: 10.0.0.1, plugins: [log/x]}}",
            ),
            ("nodes: {m: {id: x1, hostname: old, zone: a}}", "nodes: {new: {id: x1}}"),
            ("nodes: {a: {}}", "nodes: {a: {}}\nsecrets: [b]\ntasks: [{service: x, node: a}]"),
            ("secrets: [a]", "nodes: {}"),
        ] {
            assert_eq!(said(file, live), [""; 0], "{file} / {live}");
        }
    }
}
