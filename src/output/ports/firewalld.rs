//! A script for firewalld: the nodes as a set of addresses, and rules of the default zone for it.

use std::io::{self, Write};

use crate::output::ports::peers::Peers;
use crate::output::ports::{script, words};
use crate::ports::{Matrix, Row};

pub(super) fn write(matrix: &Matrix, peers: &Peers, out: &mut dyn Write) -> io::Result<()> {
    script::head(
        out,
        "firewalld",
        "The nodes' set is made anew, rules of the default zone are added and none is taken away: what\n\
         # opens these ports to all, such as the service docker-swarm, must go by hand.",
    )?;
    script::published(matrix, "firewalld", out)?;
    let sets = [
        ("ipv4", "inet", "swarm-nodes", addresses(peers.v4.iter())),
        ("ipv6", "inet6", "swarm-nodes6", addresses(peers.v6.iter())),
    ];
    let sets: Vec<_> = sets.into_iter().filter(|it| !it.3.is_empty()).collect();
    for (_, family, name, addresses) in &sets {
        writeln!(
            out,
            "\nfirewall-cmd --permanent --delete-ipset={name} 2>/dev/null || true\n\
             firewall-cmd --permanent --new-ipset={name} --type=hash:ip --option=family={family}"
        )?;
        let entries = addresses.iter().map(|it| format!("--add-entry={it}"));
        call(out, "", &format!("firewall-cmd --permanent --ipset={name}"), entries)?;
    }
    writeln!(out)?;
    script::each_role(matrix, out, &|rows, indent, out| {
        let rules = sets.iter().flat_map(|it| rows.iter().map(|row| rule(row, it.0, it.2)));
        call(out, indent, "firewall-cmd --permanent", rules)
    })?;
    writeln!(out, "firewall-cmd --reload")
}

fn rule(row: &Row, family: &str, set: &str) -> String {
    let what = match words::transport(&row.ports) {
        Some(transport) => {
            let ports = words::numbers(&row.ports, "-");
            format!("port port=\"{ports}\" protocol=\"{transport}\"")
        }
        None => "protocol value=\"esp\"".to_owned(),
    };
    format!("--add-rich-rule='rule family=\"{family}\" source ipset=\"{set}\" {what} accept'")
}

/// One call with many options: each call takes a second.
fn call(
    out: &mut dyn Write,
    indent: &str,
    command: &str,
    options: impl Iterator<Item = String>,
) -> io::Result<()> {
    write!(out, "{indent}{command}")?;
    for it in options {
        write!(out, " \\\n{indent}\t{it}")?;
    }
    writeln!(out)
}

fn addresses<T: ToString>(them: impl Iterator<Item = T>) -> Vec<String> {
    them.map(|it| it.to_string()).collect()
}
