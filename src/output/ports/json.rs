//! JSON for machines: `swarm-plan/ports/1`, as in `schemas/ports.schema.json`. Fields are only ever
//! added.

use std::collections::BTreeSet;
use std::io;

use serde::Serialize;
use termcolor::WriteColor;

use crate::cluster::firewall::Ports;
use crate::output::ports::words;
use crate::ports::{Matrix, Purpose, Row};
use crate::value::constraint::Role;

#[derive(Serialize)]
struct Printed<'a> {
    schema: &'static str,
    version: &'static str,
    /// Null where only the inventory is looked at.
    stack: Option<&'a str>,
    /// Whether every node reaches every other as it must, as far as the inventory says.
    open: bool,
    nodes: Vec<Node<'a>>,
    needs: Vec<Need<'a>>,
    /// Services with a port that Docker chooses when a task starts.
    unforeseen: &'a BTreeSet<&'a str>,
}

#[derive(Serialize)]
struct Node<'a> {
    name: &'a str,
    role: &'static str,
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct Need<'a> {
    /// `tcp`, `udp`, `sctp`, `esp`.
    protocol: &'static str,
    /// Null for a protocol without ports.
    first: Option<u16>,
    last: Option<u16>,
    /// `nodes` or `clients`.
    from: &'static str,
    to: Vec<&'a str>,
    /// `control`, `gossip`, `data-path`, `encryption`, `ingress`, `host`.
    purpose: &'static str,
    services: Vec<&'a str>,
    networks: Vec<&'a str>,
    text: String,
    /// Whether Docker lets it in by itself, whatever the machine's own firewall says.
    opened_by_docker: bool,
    closed: Vec<Closed<'a>>,
}

#[derive(Serialize)]
struct Closed<'a> {
    node: &'a str,
    /// The nodes that are kept out; empty where it is clients.
    from: Vec<&'a str>,
}

pub(super) fn write(matrix: &Matrix, out: &mut dyn WriteColor) -> io::Result<()> {
    let nodes = matrix.cluster.nodes.iter().map(|it| Node {
        name: &it.name.value,
        role: if it.role.value == Role::Manager { "manager" } else { "worker" },
        address: Some(it.address.value.as_str()).filter(|it| !it.is_empty()),
    });
    let printed = Printed {
        schema: "swarm-plan/ports/1",
        version: env!("CARGO_PKG_VERSION"),
        stack: matrix.stack,
        open: matrix.is_open(),
        nodes: nodes.collect(),
        needs: matrix.rows.iter().map(|it| need(matrix, it)).collect(),
        unforeseen: &matrix.unforeseen,
    };
    serde_json::to_writer_pretty(&mut *out, &printed)?;
    writeln!(out)
}

fn need<'m>(matrix: &'m Matrix, row: &'m Row) -> Need<'m> {
    let (first, last) = match &row.ports {
        Ports::Of(_, it) => (Some(*it.start()), Some(*it.end())),
        Ports::Esp | Ports::All => (None, None),
    };
    let names = |them: &BTreeSet<&'m str>| them.iter().copied().collect();
    let (services, networks) = match &row.purpose {
        Purpose::Ingress(them) | Purpose::Host(them) => (names(them), Vec::new()),
        Purpose::Encryption(them) => (Vec::new(), names(them)),
        _ => (Vec::new(), Vec::new()),
    };
    Need {
        protocol: words::transport(&row.ports).unwrap_or("esp"),
        first,
        last,
        from: if row.purpose.is_inner() { "nodes" } else { "clients" },
        to: row.to.iter().map(|it| matrix.node(*it)).collect(),
        purpose: words::word(&row.purpose),
        services,
        networks,
        text: words::purpose(&row.purpose),
        opened_by_docker: !row.purpose.is_inner(),
        closed: row
            .closed
            .iter()
            .map(|it| Closed {
                node: matrix.node(it.node),
                from: it.from.iter().map(|it| matrix.node(*it)).collect(),
            })
            .collect(),
    }
}
