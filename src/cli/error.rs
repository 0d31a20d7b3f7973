//! Why a command could not do its work. What it finds in a stack is not an error.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::cli::decode::Undecodable;
pub(super) use crate::disk::shown;
use crate::engine;

/// Completes `swarm-plan: …`.
#[derive(Debug, Error)]
pub enum Error {
    #[error("{0}")]
    Usage(String),
    #[error("cannot read {}: {source}", shown(path))]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot read {}: {source}", shown(path))]
    Decode { path: PathBuf, source: Undecodable },
    /// A file that was to be fixed.
    #[error("cannot fix {}: {source}", shown(path))]
    Fix { path: PathBuf, source: io::Error },
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    #[error("cannot write {}: {source}", shown(path))]
    Create { path: PathBuf, source: io::Error },
    /// A swarm that was to be asked.
    #[error(transparent)]
    Engine(#[from] engine::Error),
    /// What it was stands on the terminal already.
    #[error("")]
    Told,
}

impl Error {
    /// A mistake of the user.
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }
}
