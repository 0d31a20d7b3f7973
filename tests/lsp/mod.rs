//! The language server as an editor sees it: the program itself, spoken to in its protocol.

mod client;
mod findings;
mod life;
mod names;
mod typing;

pub use client::{Client, Folder};
