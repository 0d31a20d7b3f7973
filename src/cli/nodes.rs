//! `swarm-plan nodes export`: the inventory of a running swarm.

use crate::cli::args::Global;
use crate::cli::error::shown;
use crate::cli::swarm_args::{Nodes, NodesCommand, NodesExport};
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome, live, write};
use crate::cluster::export;

pub(super) fn run(
    args: &Nodes,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    match &args.command {
        NodesCommand::Export(args) => export(args, global, terminal),
    }
}

fn export(args: &NodesExport, global: &Global, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let output = args.written.output.as_deref();
    if let Some(path) = output.filter(|it| !args.force && it.exists()) {
        return Err(Error::usage(format!(
            "{} exists, and may hold what was added by hand: name another file, or add `--force`",
            shown(path)
        )));
    }
    let snapshot = live::snapshot(&args.engine, global)?;
    // Labels of nodes may hold secrets, too.
    let snapshot = if args.written.show_secrets { snapshot } else { snapshot.without_secrets() };
    let text = export::inventory(&live::cluster(&snapshot)?, &snapshot.source);
    match output {
        Some(path) => write::private(path, &text)?,
        None => terminal.out().write_all(text.as_bytes())?,
    }
    Ok(Outcome::Clean)
}
