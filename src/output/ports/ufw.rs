//! A script for ufw. It only adds rules, and knows the node that it runs on by its host name.

use std::io::{self, Write};

use crate::output::ports::peers::Peers;
use crate::output::ports::{script, words};
use crate::ports::Matrix;

pub(super) fn write(matrix: &Matrix, peers: &Peers, out: &mut dyn Write) -> io::Result<()> {
    script::head(
        out,
        "ufw",
        "It adds rules, and takes none away: what lets in 2377, 7946 or the data path port from\n\
         # anywhere must go by hand (`ufw status numbered`).",
    )?;
    script::published(matrix, "ufw", out)?;
    let addresses: Vec<String> = peers.all().map(|it| it.to_string()).collect();
    writeln!(out, "\nnodes='{}'\n", addresses.join(" "))?;
    script::each_role(matrix, out, &|rows, indent, out| {
        writeln!(out, "{indent}for node in $nodes; do")?;
        for row in rows {
            let comment = words::plain(&row.purpose);
            match words::transport(&row.ports) {
                Some(transport) => writeln!(
                    out,
                    "{indent}\tufw allow from \"$node\" to any port {} proto {transport} comment '{comment}'",
                    words::numbers(&row.ports, ":")
                )?,
                None => writeln!(
                    out,
                    "{indent}\tufw allow proto esp from \"$node\" comment '{comment}'"
                )?,
            }
        }
        writeln!(out, "{indent}done")
    })
}
