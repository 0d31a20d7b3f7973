//! What a user types.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::cli::diff;
use crate::cli::swarm_args::{Live, Nodes, Snapshot};
use crate::diagnostic::Severity;
use crate::output::{self, Format};
use crate::rule;

/// A dry run for Docker Swarm: what `docker stack deploy` will take, refuse, ignore and change.
#[derive(Debug, Parser)]
#[command(name = "swarm-plan", version, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check stack files
    Check(Check),
    /// Say where each task goes, why others wait, and what happens when a node goes
    Plan(Plan),
    /// Say what a deploy would change of what runs, step by step
    Diff(diff::Arguments),
    /// Say who must reach whom on which port, or write firewall rules for it
    Ports(Ports),
    /// Write the inventory of a running swarm, or check one
    Nodes(Nodes),
    /// Save what a running swarm holds, without its secrets, as JSON
    Snapshot(Snapshot),
    /// Print the merged stack with variables put in, as `docker stack config` does
    Config(Config),
    /// Print the specs that a deploy sends, as JSON in the Engine API's form
    Specs(Specs),
    /// List the rules, or show one rule's page
    Rules(Rules),
    /// Say what an error of Docker means, and what to do
    Explain(Explain),
    /// Serve an editor: the language server, on standard input and output
    Lsp,
    /// Write a first `swarm-plan.toml` and `nodes.yml`
    Init(Init),
    /// List the JSON schemas, or print one
    Schema(Schema),
    /// Print what completes commands and options in a shell
    Completions(Completions),
    /// Print the manual page
    Man,
    /// Show a stage of the work, for those who work on swarm-plan
    #[command(hide = true)]
    Dump(Dump),
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// When to use colours; the variable `NO_COLOR` turns them off, too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say only what makes the run fail
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say also what is skipped, which settings apply, and each finding in full
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// The settings, in place of the nearest `swarm-plan.toml`
    #[arg(long, global = true, value_name = "FILE")]
    pub settings: Option<PathBuf>,
}

/// What belongs to the loading of one stack.
#[derive(Clone, Debug, Args)]
pub(super) struct Stack {
    /// A stack file; several are merged in this order, `-` is standard input
    #[arg(short = 'c', long = "compose-file", value_name = "FILE", value_delimiter = ',')]
    pub files: Vec<PathBuf>,
    /// The stack's name; the folder's by default
    #[arg(short = 's', long = "stack", value_name = "NAME")]
    pub name: Option<String>,
    /// Values for variables that the shell does not have
    #[arg(long = "env-file", value_name = "FILE")]
    pub env_files: Vec<PathBuf>,
    /// The inventory of the swarm
    #[arg(short, long, value_name = "FILE")]
    pub nodes: Option<PathBuf>,
    /// Show the values of secrets in the output
    #[arg(long)]
    pub show_secrets: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files, each a stack, or folders to search; `-` is standard input
    #[arg(value_name = "PATH", conflicts_with = "files")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub stack: Stack,
    #[command(flatten)]
    pub live: Live,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FindingsFormat,
    /// Fix in place what can be fixed without asking; of standard input, print the fixed text
    #[arg(long, group = "fixing")]
    pub fix: bool,
    /// Apply also the fixes that may change what the stack does
    #[arg(long, requires = "fixing")]
    pub unsafe_fixes: bool,
    /// Print what `--fix` would change, and change nothing
    #[arg(long, group = "fixing")]
    pub diff: bool,
    /// Report only what is not in this file, a saved report in the format `json`
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// The rules that run unless the settings say something else about them
    #[arg(long, value_name = "PRESET")]
    pub preset: Option<Preset>,
    /// The mildest severity that makes the run fail; `error` by default
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Level>,
}

#[derive(Debug, Args)]
pub(super) struct Plan {
    #[command(flatten)]
    pub stack: Stack,
    #[command(flatten)]
    pub live: Live,
    /// Show what happens when this node goes down once the stack runs
    #[arg(long, value_name = "NODE", value_delimiter = ',')]
    pub down: Vec<String>,
    /// Show what happens when this node is drained once the stack runs
    #[arg(long, value_name = "NODE", value_delimiter = ',')]
    pub drain: Vec<String>,
    /// Add nodes before the deploy, such as `2x4cpu8GiB,storage=ssd`
    #[arg(long, value_name = "SPEC")]
    pub add: Vec<String>,
    /// How long containers take in an update, such as `pull=45s,start=20s,stop=5s`
    #[arg(long, value_name = "TIMES", value_delimiter = ',')]
    pub assume: Vec<String>,
    /// How to write the plan
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: PlanFormat,
}

#[derive(Debug, Args)]
pub(super) struct Ports {
    #[command(flatten)]
    pub stack: Stack,
    #[command(flatten)]
    pub live: Live,
    /// How to write the matrix
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: PortsFormat,
    /// Write rules for a firewall in place of the matrix
    #[arg(long = "as", value_name = "FIREWALL", conflicts_with = "format")]
    pub rules: Option<Firewall>,
    /// Who may use published ports, such as `203.0.113.0/24`; anyone by default
    #[arg(long, value_name = "NETWORK", value_delimiter = ',', requires = "rules")]
    pub clients: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(flatten)]
    pub stack: Stack,
    /// Leave variables as they are written
    #[arg(long)]
    pub skip_interpolation: bool,
}

#[derive(Debug, Args)]
pub(super) struct Specs {
    #[command(flatten)]
    pub stack: Stack,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    /// The rule whose page to show
    pub id: Option<String>,
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The error as Docker wrote it; `-` is standard input
    #[arg(required = true)]
    pub text: Vec<String>,
    /// How to write the explanation
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to write into
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The schema to print
    pub name: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Dump {
    pub stage: Stage,
    pub file: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Stage {
    Tree,
    Stack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FindingsFormat {
    /// The place underlined, with what to do
    Human,
    /// One line for each finding
    Short,
    /// For machines, as in the schema `check`
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// The XML of `JUnit`
    Junit,
    /// Checkstyle's XML
    Checkstyle,
}

impl From<FindingsFormat> for Format {
    fn from(it: FindingsFormat) -> Self {
        match it {
            FindingsFormat::Human => Self::Human,
            FindingsFormat::Short => Self::Short,
            FindingsFormat::Json => Self::Json,
            FindingsFormat::Sarif => Self::Sarif,
            FindingsFormat::Github => Self::Github,
            FindingsFormat::Gitlab => Self::Gitlab,
            FindingsFormat::Junit => Self::Junit,
            FindingsFormat::Checkstyle => Self::Checkstyle,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PlanFormat {
    /// The verdict, then where each task goes and why
    Human,
    /// For machines, as in the schema `plan`
    Json,
    /// For a pull request, with drawings
    Markdown,
    /// One page to look around in
    Html,
}

impl From<PlanFormat> for output::PlanFormat {
    fn from(it: PlanFormat) -> Self {
        match it {
            PlanFormat::Human => Self::Human,
            PlanFormat::Json => Self::Json,
            PlanFormat::Markdown => Self::Markdown,
            PlanFormat::Html => Self::Html,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PortsFormat {
    /// A table, and what else there is to know
    Human,
    /// For machines, as in the schema `ports`
    Json,
    /// For a pull request or a wiki
    Markdown,
}

impl From<PortsFormat> for output::PortsFormat {
    fn from(it: PortsFormat) -> Self {
        match it {
            PortsFormat::Human => Self::Human,
            PortsFormat::Json => Self::Json,
            PortsFormat::Markdown => Self::Markdown,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Firewall {
    /// A script for each node: the ports between nodes
    Ufw,
    /// A table for each node: the ports between nodes, and published ones
    Nftables,
    /// A script for each node: the ports between nodes
    Firewalld,
    /// A script for each node: published ports, which the others cannot close
    DockerUser,
    /// Security groups
    TerraformAws,
    /// Firewalls of Hetzner Cloud
    TerraformHetzner,
}

impl From<Firewall> for output::Firewall {
    fn from(it: Firewall) -> Self {
        match it {
            Firewall::Ufw => Self::Ufw,
            Firewall::Nftables => Self::Nftables,
            Firewall::Firewalld => Self::Firewalld,
            Firewall::DockerUser => Self::DockerUser,
            Firewall::TerraformAws => Self::TerraformAws,
            Firewall::TerraformHetzner => Self::TerraformHetzner,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Preset {
    /// What an expert would want to be told of any stack
    Default,
    /// Good practice that many stacks do without, too
    Pedantic,
    /// Guesses and matters of taste as well
    All,
}

impl From<Preset> for rule::Preset {
    fn from(it: Preset) -> Self {
        match it {
            Preset::Default => Self::Default,
            Preset::Pedantic => Self::Pedantic,
            Preset::All => Self::All,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Level {
    Hint,
    Info,
    Warning,
    Error,
}

impl From<Level> for Severity {
    fn from(it: Level) -> Self {
        match it {
            Level::Hint => Self::Hint,
            Level::Info => Self::Info,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}
