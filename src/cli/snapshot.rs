//! `swarm-plan snapshot`: what a running swarm holds, in one document for later.

use crate::cli::args::Global;
use crate::cli::swarm_args::Snapshot;
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome, live, write};

pub(super) fn run(
    args: &Snapshot,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let snapshot = live::snapshot(&args.engine, global)?;
    let snapshot = if args.written.show_secrets { snapshot } else { snapshot.without_secrets() };
    let text = serde_json::to_string_pretty(&snapshot).map_err(std::io::Error::from)? + "\n";
    match &args.written.output {
        Some(path) => write::private(path, &text)?,
        None => terminal.out().write_all(text.as_bytes())?,
    }
    Ok(Outcome::Clean)
}
