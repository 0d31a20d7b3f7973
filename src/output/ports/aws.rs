//! Security groups of AWS in Terraform's language: one for every node, one more for managers, one
//! more for each port in host mode. Nodes name each other by their group, not by address.

use std::io::{self, Write};

use crate::cluster::firewall::Ports;
use crate::output::escaped;
use crate::output::ports::hcl::{arguments, list, text};
use crate::output::ports::peers::Clients;
use crate::output::ports::words;
use crate::ports::{Matrix, Purpose, Row};

const HEAD: &str = "\
# What the swarm's nodes must let in; written by swarm-plan from the inventory.
# Give every node the group swarm_node, and managers swarm_manager as well. A group only lets in: what
# else the nodes need, such as SSH, comes from groups of your own. Network ACLs know no connections:
# where you use them, let the answers through, too.

variable \"vpc_id\" {
  type = string
}
";

pub(super) fn write(matrix: &Matrix, clients: &Clients, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{HEAD}")?;
    let everybody = Clients { v4: vec!["0.0.0.0/0".to_owned()], v6: vec!["::/0".to_owned()] };
    let clients = if clients.is_everybody() { &everybody } else { clients };
    let networks = clients.v4.iter().chain(&clients.v6).cloned();
    writeln!(out, "\nlocals {{\n  swarm_clients = {}\n}}", list(networks))?;
    group(out, "swarm_node", "nodes of the swarm")?;
    group(out, "swarm_manager", "managers of the swarm")?;
    writeln!(
        out,
        "\n# Images, names, time, and the other nodes.\nresource \"aws_vpc_security_group_egress_rule\" \"swarm_node\" {{\n  \
         for_each          = toset([\"0.0.0.0/0\", \"::/0\"])\n  \
         security_group_id = aws_security_group.swarm_node.id\n  \
         cidr_ipv4         = strcontains(each.value, \":\") ? null : each.value\n  \
         cidr_ipv6         = strcontains(each.value, \":\") ? each.value : null\n  \
         ip_protocol       = \"-1\"\n}}"
    )?;
    for row in &matrix.rows {
        match &row.purpose {
            Purpose::Control => inner(row, "swarm_manager", out)?,
            Purpose::Ingress(_) => outer(row, "swarm_node", out)?,
            Purpose::Host(_) => {
                let name = format!("swarm_{}", label(row));
                let nodes = escaped(&words::to(matrix, row)).into_owned();
                writeln!(out, "\n# In host mode: for {nodes}, where its tasks run now.")?;
                group_only(out, &name, &format!("host mode {}", words::plain(&row.purpose)))?;
                outer(row, &name, out)?;
            }
            _ => inner(row, "swarm_node", out)?,
        }
    }
    Ok(())
}

/// Such as `tcp_8080`.
fn label(row: &Row) -> String {
    match words::transport(&row.ports) {
        Some(transport) => format!("{transport}_{}", words::numbers(&row.ports, "_")),
        None => "esp".to_owned(),
    }
}

fn group(out: &mut dyn Write, name: &str, what: &str) -> io::Result<()> {
    writeln!(out)?;
    group_only(out, name, what)
}

fn group_only(out: &mut dyn Write, name: &str, what: &str) -> io::Result<()> {
    writeln!(out, "resource \"aws_security_group\" \"{name}\" {{")?;
    arguments(
        out,
        "  ",
        &[
            ("name", text(&name.replace('_', "-"))),
            ("description", text(what)),
            ("vpc_id", "var.vpc_id".to_owned()),
        ],
    )?;
    writeln!(out, "}}")
}

fn inner(row: &Row, group: &str, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("swarm_{}", label(row));
    writeln!(out, "\nresource \"aws_vpc_security_group_ingress_rule\" \"{name}\" {{")?;
    let mut them = vec![
        ("security_group_id", format!("aws_security_group.{group}.id")),
        ("referenced_security_group_id", "aws_security_group.swarm_node.id".to_owned()),
    ];
    them.extend(protocol(row));
    them.push(("description", text(&words::plain(&row.purpose))));
    arguments(out, "  ", &them)?;
    writeln!(out, "}}")
}

fn outer(row: &Row, group: &str, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("published_{}", label(row));
    let name = if matches!(row.purpose, Purpose::Host(_)) { format!("{name}_host") } else { name };
    writeln!(out, "\nresource \"aws_vpc_security_group_ingress_rule\" \"{name}\" {{")?;
    let either = |is: &str, other: &str| format!("strcontains(each.value, \":\") ? {is} : {other}");
    let mut them = vec![
        ("for_each", "toset(local.swarm_clients)".to_owned()),
        ("security_group_id", format!("aws_security_group.{group}.id")),
        ("cidr_ipv4", either("null", "each.value")),
        ("cidr_ipv6", either("each.value", "null")),
    ];
    them.extend(protocol(row));
    them.push(("description", text(&words::plain(&row.purpose))));
    arguments(out, "  ", &them)?;
    writeln!(out, "}}")
}

/// Protocols without a name of their own go by number, and then without ports.
fn protocol(row: &Row) -> Vec<(&'static str, String)> {
    let (first, last) = match &row.ports {
        Ports::Of(_, it) => (it.start().to_string(), it.end().to_string()),
        Ports::Esp | Ports::All => return vec![("ip_protocol", text("50"))],
    };
    match words::transport(&row.ports) {
        Some(transport @ ("tcp" | "udp")) => {
            vec![("ip_protocol", text(transport)), ("from_port", first), ("to_port", last)]
        }
        _ => vec![("ip_protocol", text("132"))],
    }
}
