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

/// Texts, places in them, and values that remember their place.
pub mod source;

/// Scalars with a grammar of their own: images, ports, durations, constraints.
pub mod value;

/// Text → tree. Knows YAML and nothing about stacks.
pub mod yaml;

/// Tree → what the user declared, with a place for every value.
pub mod stack;

/// What Swarm is asked to run, in the Engine API's own form.
pub mod swarm;
