//! The language server as an editor sees it: the program itself, spoken to in its protocol.

mod actions;
mod client;
mod findings;
mod fuzz;
mod life;
mod names;
mod typing;

pub use client::{Client, Folder};
