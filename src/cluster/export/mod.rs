//! A cluster as an inventory: the text of a `nodes.yml` that reads back as the same cluster, with
//! comments for whoever goes on writing in it.

mod node;
mod object;
mod scalar;
#[cfg(test)]
mod tests;

use std::fmt::Write;

use crate::cluster::export::scalar::{comment, list, scalar};
use crate::cluster::{Cluster, Settings};

/// The lines before all else.
const SCHEMA: &str = "# yaml-language-server: $schema=nodes.schema.json\n";

/// What nobody but the user knows.
const BY_HAND: &str = "\
# Swarm does not know these; write them where they hold, and plans and rules use them:
#   zone: a                              # what fails together
#   mtu: 1450                            # of the network between the nodes
#   reserved: {cpus: 0.2, memory: 512MiB}  # what the system keeps for itself
#   firewall: {default: deny, allow: [{from: cluster, ports: [2377/tcp, 7946/tcp, 7946/udp, 4789/udp]}]}
";

/// Writes an inventory; `source` says where it comes from. Services are told in short: what their
/// containers are given stays out of it.
pub fn inventory(cluster: &Cluster, source: &str) -> String {
    let mut out = SCHEMA.to_owned();
    let source = comment(source);
    // Writing to a string never fails.
    let _ = write!(out, "# The swarm of {source}, as `swarm-plan nodes export` found it.\n\n");
    settings(&cluster.settings, &mut out);
    out.push_str(BY_HAND);
    let names = node::all(cluster, &mut out);
    out.push_str(
        "\n# What exists. A list that is absent means \"not known\", an empty one \"none\".\n",
    );
    for (key, them) in [("secrets", &cluster.secrets), ("configs", &cluster.configs)] {
        match them {
            Some(them) => {
                let names = list(them.iter().map(|it| it.value.as_str()));
                let _ = writeln!(out, "{key}: {names}");
            }
            None => _ = writeln!(out, "# {key}: not known"),
        }
    }
    object::networks(cluster, &mut out);
    object::services(cluster, &mut out);
    object::tasks(cluster, &names, &mut out);
    out
}

/// What holds for the swarm as a whole, where it is known.
fn settings(settings: &Settings, out: &mut String) {
    let mut lines = Vec::new();
    if let Some(it) = &settings.data_path_port {
        lines.push(format!("data_path_port: {}", it.value));
    }
    if !settings.default_addr_pool.is_empty() {
        let pools = settings.default_addr_pool.iter().map(|it| scalar(&it.value));
        let pools: Vec<_> = pools.collect();
        lines.push(format!("default_addr_pool: [{}]", pools.join(", ")));
    }
    if let Some(it) = &settings.subnet_size {
        lines.push(format!("subnet_size: {}", it.value));
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "cluster:\n  {}\n", lines.join("\n  "));
    }
}
