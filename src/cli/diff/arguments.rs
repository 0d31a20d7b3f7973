//! What a user types after `swarm-plan diff`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args;
use crate::cli::swarm_args::Live;

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The stack file as it was deployed, and the one to deploy
    #[arg(value_names = ["OLD", "NEW"], num_args = 1..=2)]
    pub sides: Vec<PathBuf>,
    #[command(flatten)]
    pub stack: args::Stack,
    /// Compare with the same files at this revision
    #[arg(long, value_name = "REVISION", group = "old")]
    pub git: Option<String>,
    /// Compare with the swarm as this file has it, which `snapshot` saved
    #[arg(long, value_name = "FILE", group = "old")]
    pub snapshot: Option<PathBuf>,
    #[command(flatten)]
    pub live: Live,
    /// As with `docker stack deploy --prune`: remove services that the stack has no more
    #[arg(long)]
    pub prune: bool,
    /// Answer 1 if anything changes at all
    #[arg(long)]
    pub exit_code: bool,
    /// Save the changes, with every service's version, to check later that they still hold
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Answer 1 if the changes are not those that `--output` saved in this file
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
    /// How long containers take in an update, such as `pull=45s,start=20s,stop=5s`
    #[arg(long, value_name = "TIMES", value_delimiter = ',')]
    pub assume: Vec<String>,
    /// How to write the changes
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: args::PlanFormat,
}
