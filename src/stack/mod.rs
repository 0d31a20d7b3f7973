//! Trees → what the user declared, and everything wrong with the declaration. Never fails.

pub mod beside;
pub mod check;
mod decode;
pub mod exposure;
mod image;
mod interpolate;
pub mod keys;
mod load;
mod merge;
pub mod model;
pub mod problem;
mod show;
mod support;
mod verdict;
mod version;

pub use interpolate::VariableUse;
pub use load::{Input, load};
pub use model::{FileObject, Network, Service, Volume};
pub use problem::{Kind, Object, Problem, Refusal, Step};
pub use show::show;
pub use verdict::{Verdict, config_verdict, verdict};

use crate::source::{Named, SourceId};
use crate::yaml::{Document, Node};

/// The stack as declared, its files merged.
#[derive(Debug, Default)]
pub struct Stack {
    pub files: Vec<File>,
    /// The version of the schema, as `3.13`.
    pub version: String,
    /// In the order of the file; by name after a merge of several files, as Docker has them.
    pub services: Vec<Named<Service>>,
    pub networks: Vec<Named<Network>>,
    pub volumes: Vec<Named<Volume>>,
    pub secrets: Vec<Named<FileObject>>,
    pub configs: Vec<Named<FileObject>>,
    /// `x-…` at the top of the first file.
    pub extras: Vec<Named<Node>>,
    /// The texts of the env files.
    pub env_files: Vec<SourceId>,
    /// Where a secret is given away, once it has been looked for: see [`exposure::find`].
    pub exposures: Vec<exposure::Exposure>,
    /// What files beside the stack say, once they have been read: see [`beside::read`].
    pub beside: beside::Beside,
    /// Every use of a variable.
    pub variables: Vec<VariableUse>,
    pub problems: Vec<Problem>,
    /// What Docker refuses because a variable is not set: the text may well be right.
    pub incomplete: Vec<Problem>,
    /// The folder that relative paths start from.
    pub working_dir: String,
}

/// One file of the stack.
#[derive(Debug)]
pub struct File {
    pub source: SourceId,
    /// As written: before variables are put in.
    pub document: Document,
    /// With variables put in; none where the file has no variable.
    pub interpolated: Option<Node>,
}

impl File {
    /// The tree as Docker validates it.
    pub fn tree(&self) -> &Node {
        self.interpolated.as_ref().unwrap_or(&self.document.root)
    }
}

impl Stack {
    pub fn service(&self, name: &str) -> Option<&Named<Service>> {
        self.services.iter().find(|it| it.name.value == name)
    }
}
