//! What the Engine and the Swarm manager refuse although Docker's client sends it.
//!
//! Each function collects every refusal of one spec in the order of the checks, so the first is
//! what Docker says. Managers of 2026 are followed; those up to Docker 20.10.14 take configs of
//! less than 512,000 bytes only.

mod container;
mod engine;
mod name;
mod network;
mod object;
mod reference;
mod refusal;
mod service;
mod stack;
mod task;
mod template;

#[cfg(test)]
mod tests;

pub use network::{is_ingress, network};
pub use object::{CONFIG_LIMIT, SECRET_LIMIT, config, secret};
pub use reference::{Known, references};
pub use refusal::{By, Code, Field, Refusal};
pub use service::service;
pub use stack::{Clash, Subject, stack};
