//! What shell scripts have in common: a head, and a part for each kind of node.

use std::io::{self, Write};

use indexmap::IndexMap;

use crate::output::escaped;
use crate::output::ports::words;
use crate::ports::{Matrix, Row};

/// The first lines.
pub(super) fn head(out: &mut dyn Write, tool: &str, what: &str) -> io::Result<()> {
    writeln!(
        out,
        "#!/bin/sh\n# What {tool} must let in for the nodes to be a swarm; written by swarm-plan from the inventory.\n\
         # Run it on every node, as root: it knows the nodes by their host names. Where nodes were given a\n\
         # --data-path-addr, add it to the addresses.\n# {what}\nset -eu"
    )
}

/// Says of the published ports what is true of them.
pub(super) fn published(matrix: &Matrix, tool: &str, out: &mut dyn Write) -> io::Result<()> {
    let outer: Vec<&Row> = matrix.rows.iter().filter(|it| !it.purpose.is_inner()).collect();
    if outer.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n# Published ports have no rule here: Docker lets them in before {tool} is asked, which can\n\
         # neither open nor close them. To close them to some, see `--as docker-user --clients …`."
    )?;
    for row in outer {
        let (to, name) = (words::to(matrix, row), words::plain(&row.purpose));
        writeln!(out, "#   {}  {}  {name}", row.ports, escaped(&to))?;
    }
    Ok(())
}

/// Writes what some nodes need, after an indent.
type Part<'p> = dyn Fn(&[&Row], &str, &mut dyn Write) -> io::Result<()> + 'p;

/// Writes the same part for all nodes that need the same.
pub(super) fn each_role(matrix: &Matrix, out: &mut dyn Write, part: &Part) -> io::Result<()> {
    let inner: Vec<&Row> = matrix.rows.iter().filter(|it| it.purpose.is_inner()).collect();
    let mut needs: Vec<Vec<usize>> = vec![Vec::new(); matrix.cluster.nodes.len()];
    for (index, row) in inner.iter().enumerate() {
        for &node in &row.to {
            if let Some(it) = needs.get_mut(node as usize) {
                it.push(index);
            }
        }
    }
    let mut groups: IndexMap<Vec<usize>, Vec<String>> = IndexMap::new();
    for (node, needs) in matrix.cluster.nodes.iter().zip(needs) {
        let host = &node.hostname.value;
        let host = if host.is_empty() { &node.name.value } else { host };
        groups.entry(needs).or_default().push(quoted(host));
    }
    // A host name that two nodes have is taken for the one that needs more.
    groups.sort_by(|one, _, other, _| other.len().cmp(&one.len()));
    writeln!(out, "case \"$(hostname)\" in")?;
    for (needs, hosts) in &groups {
        writeln!(out, "{})", hosts.join(" | "))?;
        let rows: Vec<&Row> = needs.iter().map(|it| inner[*it]).collect();
        part(&rows, "\t", out)?;
        writeln!(out, "\t;;")?;
    }
    writeln!(out, "*)\n\techo \"the inventory has no node $(hostname)\" >&2\n\texit 1\n\t;;\nesac")
}

/// A text that the shell takes as it is.
fn quoted(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !text.is_empty() && text.chars().all(fits) {
        return text.to_owned();
    }
    format!("'{}'", escaped(text).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn the_shell_obeys_no_name() {
        assert_eq!(quoted("node-1.lan"), "node-1.lan");
        assert_eq!(quoted("a'; reboot; '"), "'a'\\''; reboot; '\\'''");
        assert_eq!(quoted("a\nb"), "'a\\u{a}b'");
        assert_eq!(quoted(""), "''");
    }
}
