//! Commands: arguments, files, exit codes. Only here does the program read and print.

mod args;
mod baseline;
mod check;
mod completions;
mod config;
mod crew;
mod diff;
mod dump;
mod env_file;
mod error;
mod explain;
mod fix;
mod init;
mod job;
mod live;
mod lsp;
mod meter;
mod nodes;
mod plan;
mod ports;
mod progress;
mod rules;
mod schema;
mod settings;
mod snapshot;
mod specs;
mod statistics;
mod swarm_args;
mod terminal;
mod write;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::args::{Arguments, Command};
use crate::cli::terminal::Terminal;
use crate::disk::{self, decode, discover};

pub use disk::Disk;
pub use error::Error;

/// How a command that did its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Clean,
    /// Exit code 1.
    Findings,
}

/// Exit code for what the program could not do.
const FAILED: u8 = 2;

/// Exit code for a bug in the program.
const BUG: u8 = 101;

/// The whole program.
pub fn main() -> ExitCode {
    // Whatever a text holds, the answer is a message and not a dump.
    std::panic::set_hook(Box::new(terminal::report_bug));
    let arguments = Arguments::parse();
    let work = std::panic::AssertUnwindSafe(|| run(arguments));
    std::panic::catch_unwind(work).unwrap_or(ExitCode::from(BUG))
}

fn run(arguments: Arguments) -> ExitCode {
    let mut terminal = Terminal::new(arguments.global.color);
    let global = &arguments.global;
    let done = match arguments.command {
        Command::Check(args) => check::run(&args, global, &mut terminal),
        Command::Config(args) => config::run(&args, global, &mut terminal),
        Command::Specs(args) => specs::run(&args, global, &mut terminal),
        Command::Plan(args) => plan::run(&args, global, &mut terminal),
        Command::Diff(args) => diff::run(&args, global, &mut terminal),
        Command::Nodes(args) => nodes::run(&args, global, &mut terminal),
        Command::Snapshot(args) => snapshot::run(&args, global, &mut terminal),
        Command::Ports(args) => ports::run(&args, global, &mut terminal),
        Command::Rules(args) => rules::run(&args, &mut terminal),
        Command::Explain(args) => explain::run(&args, &mut terminal),
        Command::Lsp => lsp::run(global),
        Command::Init(args) => init::run(&args, &mut terminal),
        Command::Completions(args) => completions::run(&args, &mut terminal),
        Command::Man => completions::manual(&mut terminal),
        Command::Schema(args) => schema::run(&args, &mut terminal),
        Command::Dump(args) => dump::run(&args, global, &mut terminal),
    };
    let done = done.and_then(|outcome| terminal.finish().map(|()| outcome));
    match done {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Error::Told) => ExitCode::from(FAILED),
        Err(error) => {
            terminal::complain(&error.to_string());
            ExitCode::from(FAILED)
        }
    }
}
