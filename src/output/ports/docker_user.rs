//! The chain DOCKER-USER, which is asked before Docker's own rules: the place to close published
//! ports. For `iptables-restore` and `ip6tables-restore`, the same for every node.

use std::io::{self, Write};

use crate::output::escaped;
use crate::output::ports::peers::Clients;
use crate::output::ports::words;
use crate::ports::{Matrix, Row};

pub(super) fn write(matrix: &Matrix, clients: &Clients, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "#!/bin/sh\n\
         # Who may use published ports; written by swarm-plan. Run it on every node, as root, when Docker\n\
         # runs, and again after a restart of the machine: iptables forgets. It replaces what the chain\n\
         # DOCKER-USER holds. Over IPv6 the chain sees connections to networks that have IPv6; those that\n\
         # Docker's proxy takes go through INPUT. The ports between nodes are not here: Docker leaves those to the chain\n\
         # INPUT, and so to ufw, firewalld or nftables.\nset -eu"
    )?;
    let rows: Vec<&Row> = matrix.rows.iter().filter(|it| !it.purpose.is_inner()).collect();
    if clients.is_everybody() {
        writeln!(
            out,
            "\n# Nobody is kept out: name who may use the ports with `--clients NETWORK`."
        )?;
    }
    for (program, networks) in
        [("iptables-restore", &clients.v4), ("ip6tables-restore", &clients.v6)]
    {
        writeln!(out, "\n{program} --noflush <<'END'\n*filter\n:DOCKER-USER - [0:0]")?;
        for row in &rows {
            let (to, name) = (words::to(matrix, row), words::plain(&row.purpose));
            writeln!(out, "# {}: {name}, on {}", row.ports, escaped(&to))?;
            if !clients.is_everybody() {
                rules(row, networks, out)?;
            }
        }
        writeln!(out, "-A DOCKER-USER -j RETURN\nCOMMIT\nEND")?;
    }
    Ok(())
}

/// Docker has changed the destination when packets get here; the connection remembers the first.
fn rules(row: &Row, networks: &[String], out: &mut dyn Write) -> io::Result<()> {
    let Some(transport) = words::transport(&row.ports) else { return Ok(()) };
    let ports = words::numbers(&row.ports, ":");
    let what = format!(
        "-p {transport} -m conntrack --ctstate DNAT --ctorigdstport {ports} --ctdir ORIGINAL"
    );
    for network in networks {
        writeln!(out, "-A DOCKER-USER -s {network} {what} -j RETURN")?;
    }
    writeln!(out, "-A DOCKER-USER {what} -j DROP")
}
