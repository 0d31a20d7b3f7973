//! Checks Docker Swarm stack files and predicts what a deploy would do.
//!
//! Modules are listed in the order data flows, and **a module uses only modules above it**;
//! `tests/project.rs` enforces this.
//!
//! ```text
//! text ─ yaml ─▶ tree ─ stack ─▶ Stack ─ swarm ─▶ specs
//! Stack, specs ─ rules ─▶ diagnostics ─ output ─▶ people and machines
//! ```
//!
//! Everything above [`diagnostic`] records facts; only [`rules`] words them.

#![cfg_attr(test, expect(clippy::disallowed_methods, reason = "tests read recorded answers"))]

/// Texts, places in them, and values that remember their place.
pub mod source;

/// Scalars with a grammar of their own: images, ports, durations, constraints.
pub mod value;

/// What is known about images that many stacks run: where they keep data, which files they read.
pub mod image;

/// Texts that give a secret away: token shapes, passwords in URLs, credential names.
pub mod secret;

/// Text → tree. Knows YAML and nothing about stacks.
pub mod yaml;

/// Tree → what the user declared, with a place for every value.
pub mod stack;

/// What Swarm is asked to run, in the Engine API's own form.
pub mod swarm;

/// What no output may show.
pub mod hidden;

/// What is already there: nodes, services, tasks.
pub mod cluster;

/// Where each task goes, and why not elsewhere.
pub mod scheduler;

/// How an update proceeds: order, timeline, lowest availability, dead ends.
pub mod rollout;

/// What a deploy would do, and what happens when a node goes.
pub mod plan;

/// Who must reach whom on which port.
pub mod ports;

/// What we tell people: a message, places, a fix.
pub mod diagnostic;

/// Edits that keep every other byte: how a rule says what a fix does.
pub mod edit;

/// What was found, of each rule the first findings in full.
pub mod found;

/// Comments in a stack file that silence rules.
pub mod suppression;

/// What a rule is.
pub mod rule;

/// Every rule, one file each: the only place where anything is worded.
pub mod rules;

/// What Docker's error texts mean, and what to do about them.
pub mod explain;

/// The settings file: which rules run, and how loudly.
pub mod settings;

/// From files to findings in one call.
pub mod analysis;

/// Applies fixes, and sees to it that nothing else changes.
pub mod fix;

/// Findings for people and machines.
pub mod output;

/// Files and folders of this machine.
#[expect(clippy::disallowed_methods, reason = "somebody has to read files")]
pub mod disk;

/// The language server: what an editor shows while a stack file is written.
#[expect(clippy::disallowed_methods, reason = "an editor's files lie on the disk")]
pub mod lsp;

/// The swarm as the Docker Engine API tells it, read only.
#[expect(clippy::disallowed_methods, reason = "somebody has to ask, and to look at the clock")]
pub mod engine;

/// Commands, files and exit codes: reads and prints.
#[expect(clippy::disallowed_methods, reason = "somebody has to read files")]
pub mod cli;
