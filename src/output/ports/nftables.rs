//! A table for nftables, the same for every node: it closes the swarm's own ports to all but nodes,
//! and published ports to all but clients.

use std::io::{self, Write};

use crate::cluster::firewall::Ports;
use crate::output::escaped;
use crate::output::ports::peers::{Clients, Peers};
use crate::output::ports::words;
use crate::ports::{Matrix, Row};

const HEAD: &str = "\
#!/usr/sbin/nft -f
# What only nodes of the swarm may reach; written by swarm-plan from the inventory. The same for every
# node. It closes these ports to all others, and leaves everything else as it is.
# An `accept` ends this table's chain only: where another table drops what it does not know, its own
# chain must let in the ports between nodes as well, with the lines of `input` that say `accept`.
# Where nodes were given a --data-path-addr, add it to the sets of nodes.
# Do not run `nft flush ruleset`: Docker's own rules are there, too.

table inet swarm_plan
delete table inet swarm_plan
table inet swarm_plan {
";

pub(super) fn write(
    matrix: &Matrix,
    peers: &Peers,
    clients: &Clients,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "{HEAD}")?;
    let text = |it: &dyn ToString| it.to_string();
    set(out, "nodes4", "ipv4_addr", &peers.v4.iter().map(|it| text(it)).collect::<Vec<_>>())?;
    set(out, "nodes6", "ipv6_addr", &peers.v6.iter().map(|it| text(it)).collect::<Vec<_>>())?;
    let is_closed = !clients.is_everybody();
    if is_closed {
        set(out, "clients4", "ipv4_addr; flags interval; auto-merge", &clients.v4)?;
        set(out, "clients6", "ipv6_addr; flags interval; auto-merge", &clients.v6)?;
    }
    let (inner, outer): (Vec<&Row>, Vec<&Row>) =
        matrix.rows.iter().partition(|it| it.purpose.is_inner());
    writeln!(
        out,
        "\n\tchain input {{\n\t\ttype filter hook input priority filter - 5; policy accept;\n\t\tiif lo accept"
    )?;
    for row in &inner {
        let ports = matched(&row.ports, "dport");
        for (family, name) in [("ip", "nodes4"), ("ip6", "nodes6")] {
            writeln!(out, "\t\t{family} saddr @{name} {ports} accept")?;
        }
    }
    for row in inner.iter().filter(|it| it.ports != Ports::Esp) {
        writeln!(out, "\t\t{} counter drop", matched(&row.ports, "dport"))?;
    }
    writeln!(out, "\t}}")?;
    if is_closed && !outer.is_empty() {
        published(matrix, &outer, out)?;
    }
    writeln!(out, "}}")?;
    if !is_closed && !outer.is_empty() {
        writeln!(
            out,
            "\n# Published ports are open to anyone: Docker forwards them past the hook `input`. With\n\
             # `--clients NETWORK` this table closes them to others."
        )?;
    }
    Ok(())
}

/// Docker has changed the destination when packets get here; the connection remembers the first.
fn published(matrix: &Matrix, rows: &[&Row], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n\tchain forward {{\n\t\ttype filter hook forward priority filter - 5; policy accept;"
    )?;
    for row in rows {
        let Some(transport) = words::transport(&row.ports) else { continue };
        let ports = words::numbers(&row.ports, "-");
        let name = words::plain(&row.purpose);
        writeln!(out, "\t\t# {}: {name}, on {}", row.ports, escaped(&words::to(matrix, row)))?;
        for (family, name) in [("ip", "clients4"), ("ip6", "clients6")] {
            writeln!(
                out,
                "\t\tct status dnat ct direction original meta l4proto {transport} ct original proto-dst {ports} {family} saddr != @{name} counter drop"
            )?;
        }
    }
    writeln!(out, "\t}}")
}

fn matched(ports: &Ports, field: &str) -> String {
    match words::transport(ports) {
        Some(transport) => format!("{transport} {field} {}", words::numbers(ports, "-")),
        None => "meta l4proto esp".to_owned(),
    }
}

fn set(out: &mut dyn Write, name: &str, kind: &str, elements: &[String]) -> io::Result<()> {
    writeln!(out, "\tset {name} {{\n\t\ttype {kind};")?;
    if !elements.is_empty() {
        writeln!(out, "\t\telements = {{ {} }}", elements.join(", "))?;
    }
    writeln!(out, "\t}}")
}
