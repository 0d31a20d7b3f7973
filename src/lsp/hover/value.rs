//! What values mean: constraints, ports, durations, amounts of memory, images.

use std::fmt::Write;
use std::path::Path;

use crate::cluster::Cluster;
use crate::image;
use crate::lsp::hover::is_at;
use crate::lsp::server::Server;
use crate::lsp::target::Target;
use crate::stack::keys::{self, NEWEST, Shape};
use crate::value::{constraint, duration, port, size};

/// So many names are listed.
const MOST: usize = 12;

/// What a value means, as far as there is something to say.
pub(super) fn meaning(server: &mut Server, path: &Path, target: &Target) -> Vec<String> {
    let Some(text) = target.node.as_text().map(str::to_owned).or_else(|| number(target)) else {
        return Vec::new();
    };
    let found = if is_at(target, "services.*.deploy.placement.constraints.*") {
        let snapshot = server.last_snapshot(path);
        let cluster = snapshot.as_ref().and_then(|it| it.cluster.as_ref());
        constraint_text(&text, cluster)
    } else if is_at(target, "services.*.ports.*") {
        ports(&text)
    } else if is_at(target, "services.*.image") {
        image_text(&text)
    } else if target.path.last().is_some_and(|it| it == "memory" || it == "size") {
        size::parse(&text).ok().filter(|it| *it > 0).map(|it| format!("{it} bytes"))
    } else if is_duration(target) {
        duration::parse(&text).ok().map(spelled)
    } else {
        None
    };
    found.into_iter().collect()
}

fn number(target: &Target) -> Option<String> {
    match target.node.value {
        crate::yaml::Value::Int(it) => Some(it.to_string()),
        _ => None,
    }
}

fn is_duration(target: &Target) -> bool {
    let path: Vec<&str> = target.path.iter().map(String::as_str).collect();
    keys::shapes(&path, NEWEST).iter().any(|it| matches!(it, Shape::Duration { .. }))
}

/// The nodes that meet a constraint, in a few words; none where it cannot be read.
pub(in crate::lsp) fn nodes_that_meet(text: &str, cluster: &Cluster) -> Option<String> {
    let constraint = constraint::parse(text).ok()?;
    let meeting: Vec<&str> = cluster
        .nodes
        .iter()
        .filter(|it| constraint.matches(&it.facts()))
        .map(|it| it.name.value.as_str())
        .collect();
    let (count, all) = (meeting.len(), cluster.nodes.len());
    Some(match count {
        0 => format!("no node of {all}"),
        _ if count == all => format!("all {all} nodes"),
        _ => format!("{count} of {all} nodes: {}", listed(&meeting)),
    })
}

fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn constraint_text(text: &str, cluster: Option<&Cluster>) -> Option<String> {
    let constraint = constraint::parse(text).ok()?;
    match cluster.filter(|it| !it.nodes.is_empty()) {
        Some(cluster) => Some(format!("Met by {}", nodes_that_meet(text, cluster)?)),
        None => Some(format!(
            "A node must have `{}` {} `{}`. An inventory, named by `nodes` in `swarm-plan.toml`, \
             tells which ones do.",
            constraint.key_part.text,
            if constraint.operator.as_str() == "==" { "equal to" } else { "other than" },
            constraint.value.text
        )),
    }
}

fn ports(text: &str) -> Option<String> {
    let found = port::parse(text).ok()?;
    let first = found.ports.first()?;
    let protocol = first.protocol.as_str();
    let mut said = match (found.ports.len(), first.published) {
        (1, 0) => format!("A free {protocol} port on every node, picked by Swarm"),
        (1, published) => format!("Port {published} ({protocol}) on every node"),
        (count, _) => format!("{count} ports ({protocol}) on every node"),
    };
    let target = match found.ports.len() {
        1 => format!(" leads to port {} of any task: mode `ingress`.", first.target),
        _ => " lead to as many ports of any task: mode `ingress`.".to_owned(),
    };
    said.push_str(&target);
    if let Some(address) = &found.ignored_address {
        let address = &address.text;
        // Writing to a text cannot fail.
        let _ = write!(said, " The address `{address}` is ignored: it is open on all of them.");
    }
    Some(said)
}

fn image_text(text: &str) -> Option<String> {
    let mut said = Vec::new();
    if let Some(known) = image::known(text) {
        if let Some(data) = known.data() {
            said.push(format!("Keeps its data in `{data}`."));
        }
        let ports: Vec<_> = known.product.ports.iter().map(u32::to_string).collect();
        if !ports.is_empty() {
            said.push(format!("Listens on {}.", ports.join(", ")));
        }
    }
    if let Some(end) = image::ended(text) {
        said.push(format!("No updates since {end}."));
    }
    let files = image::file_variables(text);
    if !files.is_empty() {
        let names: Vec<_> = files.iter().map(|it| format!("`{}`", it.1)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        said.push(format!("Reads values from files: {}.", listed(&names)));
    }
    (!said.is_empty()).then(|| said.join("\n\n"))
}

/// A duration in words: `1 minute 30 seconds`.
fn spelled(nanoseconds: i64) -> String {
    let units = [
        (3_600_000_000_000, "hour"),
        (60_000_000_000, "minute"),
        (1_000_000_000, "second"),
        (1_000_000, "millisecond"),
        (1_000, "microsecond"),
        (1, "nanosecond"),
    ];
    let mut rest = nanoseconds.unsigned_abs();
    let mut words = Vec::new();
    for (size, name) in units {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            words.push(format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
        }
    }
    let sign = if nanoseconds < 0 { "minus " } else { "" };
    if words.is_empty() {
        "no time at all".to_owned()
    } else {
        format!("{sign}{}", words.join(" "))
    }
}

/// Where the tasks of a service go.
pub(super) fn placement(server: &mut Server, path: &Path, service: &str) -> Option<String> {
    let snapshot = server.snapshot(path)?;
    let found = snapshot.placements().iter().find(|it| it.service == service)?;
    Some(found.long())
}

#[cfg(test)]
mod tests {
    use super::{ports, spelled};

    #[test]
    fn durations_are_spelled_out() {
        assert_eq!(spelled(90_000_000_000), "1 minute 30 seconds");
        assert_eq!(spelled(1_500_000_000), "1 second 500 milliseconds");
        assert_eq!(spelled(0), "no time at all");
        assert_eq!(spelled(-1_000_000_000), "minus 1 second");
    }

    #[test]
    fn ports_say_where_they_are_open() {
        let said = ports("127.0.0.1:8080:80").unwrap_or_default();
        assert!(said.contains("Port 8080 (tcp) on every node leads to port 80"), "{said}");
        assert!(said.contains("`127.0.0.1` is ignored"), "{said}");
        assert!(ports("80").is_some_and(|it| it.contains("A free tcp port")));
    }
}
