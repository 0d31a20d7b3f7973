//! Firewalls of Hetzner Cloud in Terraform's language: one for every node, one more for managers,
//! one more for each port in host mode.

use std::io::{self, Write};

use crate::output::escaped;
use crate::output::ports::hcl::{arguments, list, text};
use crate::output::ports::peers::{Clients, Peers};
use crate::output::ports::words;
use crate::ports::{Matrix, Purpose, Row};

const HEAD: &str = "\
# What the swarm's nodes must let in; written by swarm-plan from the inventory.
# Name swarm_node in `firewall_ids` of every node, and swarm_manager in those of managers as well. With
# the first firewall everything else is closed, SSH too: it needs a rule of your own.
# These firewalls see the public network only. Where the nodes talk over a private network, its packets
# pass by them: filter there with `--as nftables`.

";

pub(super) fn write(
    matrix: &Matrix,
    peers: &Peers,
    clients: &Clients,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "{HEAD}")?;
    let nodes = peers.all().map(|it| format!("{it}/{}", if it.is_ipv4() { 32 } else { 128 }));
    let everybody = ["0.0.0.0/0".to_owned(), "::/0".to_owned()];
    let named = clients.v4.iter().chain(&clients.v6);
    let clients: Vec<&String> =
        if clients.is_everybody() { everybody.iter().collect() } else { named.collect() };
    writeln!(out, "locals {{")?;
    let lists =
        [("swarm_nodes", list(nodes)), ("swarm_clients", list(clients.into_iter().cloned()))];
    arguments(out, "  ", &lists)?;
    writeln!(out, "}}")?;
    let of = |is: fn(&Purpose) -> bool| matrix.rows.iter().filter(move |it| is(&it.purpose));
    firewall(out, "swarm_manager", of(|it| *it == Purpose::Control))?;
    firewall(out, "swarm_node", of(|it| !matches!(it, Purpose::Control | Purpose::Host(_))))?;
    for row in of(|it| matches!(it, Purpose::Host(_))) {
        let to = escaped(&words::to(matrix, row)).into_owned();
        let transport = words::transport(&row.ports).unwrap_or_default();
        writeln!(out, "\n# In host mode: for {to}, where its tasks run now.")?;
        let name = format!("swarm_{transport}_{}", words::numbers(&row.ports, "_"));
        block(out, &name, std::iter::once(row))?;
    }
    Ok(())
}

fn firewall<'r>(
    out: &mut dyn Write,
    name: &str,
    rows: impl Iterator<Item = &'r Row<'r>>,
) -> io::Result<()> {
    writeln!(out)?;
    block(out, name, rows)
}

fn block<'r>(
    out: &mut dyn Write,
    name: &str,
    rows: impl Iterator<Item = &'r Row<'r>>,
) -> io::Result<()> {
    writeln!(out, "resource \"hcloud_firewall\" \"{name}\" {{")?;
    arguments(out, "  ", &[("name", text(&name.replace('_', "-")))])?;
    for row in rows {
        let transport = words::transport(&row.ports);
        if transport == Some("sctp") {
            writeln!(out, "\n  # {}: these firewalls do not know SCTP.", row.ports)?;
            continue;
        }
        let mut them =
            vec![("direction", text("in")), ("protocol", text(transport.unwrap_or("esp")))];
        if transport.is_some() {
            them.push(("port", text(&words::numbers(&row.ports, "-"))));
        }
        let who = if row.purpose.is_inner() { "local.swarm_nodes" } else { "local.swarm_clients" };
        them.push(("source_ips", who.to_owned()));
        them.push(("description", text(&words::plain(&row.purpose))));
        writeln!(out, "\n  rule {{")?;
        arguments(out, "    ", &them)?;
        writeln!(out, "  }}")?;
    }
    writeln!(out, "}}")
}
