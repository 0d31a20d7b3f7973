//! What a user types to have a running swarm looked at.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::{FindingsFormat, Level, Preset};

/// Which engine is asked.
#[derive(Clone, Debug, Args)]
pub(super) struct Engine {
    /// A manager's address, such as `ssh://deploy@manager`; `DOCKER_HOST` by default
    #[arg(short = 'H', long, value_name = "URL", conflicts_with = "context")]
    pub host: Option<String>,
    /// The context of Docker's client that leads to a manager; the current one by default
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,
}

/// A running swarm in the place of an inventory.
#[derive(Clone, Debug, Args)]
pub(super) struct Live {
    /// Ask the running swarm in place of an inventory; nothing is changed
    #[arg(long, conflicts_with = "nodes")]
    pub live: bool,
    #[command(flatten)]
    pub engine: Engine,
}

/// A running swarm that an inventory is compared with.
#[derive(Clone, Debug, Args)]
pub(super) struct Compared {
    /// Say also what is otherwise in the running swarm
    #[arg(long)]
    pub live: bool,
    #[command(flatten)]
    pub engine: Engine,
}

/// Where the answer goes.
#[derive(Clone, Debug, Args)]
pub(super) struct Written {
    /// Write to this file, which only you may read, in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Leave values as they are that may be secret, in place of their SHA-256
    #[arg(long)]
    pub show_secrets: bool,
}

#[derive(Debug, Args)]
pub(super) struct Snapshot {
    #[command(flatten)]
    pub engine: Engine,
    #[command(flatten)]
    pub written: Written,
}

#[derive(Debug, Args)]
pub(super) struct Nodes {
    #[command(subcommand)]
    pub command: NodesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum NodesCommand {
    /// Write the inventory of the running swarm: nodes, and what is there already
    Export(NodesExport),
    /// Check an inventory; with `--live`, also against the running swarm
    Check(NodesCheck),
}

#[derive(Debug, Args)]
pub(super) struct NodesExport {
    #[command(flatten)]
    pub engine: Engine,
    #[command(flatten)]
    pub written: Written,
    /// Write over a file that is there, and what was added to it by hand
    #[arg(long, requires = "output")]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct NodesCheck {
    /// The inventory; that of the settings by default
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub live: Compared,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FindingsFormat,
    /// The rules that run unless the settings say something else about them
    #[arg(long, value_name = "PRESET")]
    pub preset: Option<Preset>,
    /// The mildest severity that makes the run fail; `error` by default
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Level>,
}
