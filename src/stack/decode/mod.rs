//! One file's tree → typed sections. Reports what only the decoder of Docker's CLI refuses, in
//! its order and words; what the schema refuses is left out in silence, for it is reported already.

mod deploy;
mod environment;
mod fields;
mod lists;
mod mount;
mod number;
mod objects;
mod port;
mod service;

pub(super) use fields::Fields;
pub(super) use number::go_value;

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::source::{Files, Named, Place, SourceId, Sources, Spanned};
use crate::stack::model::{Environment, FileObject, Network, Service, Volume};
use crate::stack::problem::{FileStep, Kind, Problem, Refusal, Step};
use crate::yaml::{Entry, Node};

/// The sections of one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Sections {
    pub services: Vec<Named<Service>>,
    pub networks: Vec<Named<Network>>,
    pub volumes: Vec<Named<Volume>>,
    pub secrets: Vec<Named<FileObject>>,
    pub configs: Vec<Named<FileObject>>,
    pub extras: Vec<Named<Node>>,
}

/// What decoding needs to know, and where it reports.
pub(super) struct Decoder<'a> {
    pub file: usize,
    /// The minor version of the schema.
    pub minor: u8,
    pub environment: &'a Environment,
    pub working_dir: &'a Path,
    pub disk: &'a dyn Files,
    pub sources: &'a mut Sources,
    /// The texts of env files, as they are added to the sources.
    pub env_files: &'a mut Vec<SourceId>,
    pub problems: &'a mut Vec<Problem>,
    /// Places that are reported already.
    pub reported: FxHashSet<(usize, usize)>,
    pub step: FileStep,
    /// The service being decoded.
    pub service: Option<String>,
}

impl Decoder<'_> {
    pub(super) fn sections(&mut self, tree: &Node) -> Sections {
        let mut sections = Sections::default();
        for entry in entries(tree, "services") {
            self.step = FileStep::Services;
            self.service = Some(entry.key.text.clone());
            sections.services.push(named(entry, self.service(&entry.node)));
            self.service = None;
        }
        self.step = FileStep::Networks;
        for entry in entries(tree, "networks") {
            sections.networks.push(named(entry, self.network(entry)));
        }
        self.step = FileStep::Volumes;
        for entry in entries(tree, "volumes") {
            sections.volumes.push(named(entry, self.volume(entry)));
        }
        self.step = FileStep::Secrets;
        for entry in entries(tree, "secrets") {
            sections.secrets.push(named(entry, self.secret(entry)));
        }
        self.step = FileStep::Configs;
        for entry in entries(tree, "configs") {
            sections.configs.push(named(entry, self.config(entry)));
        }
        sections.extras = extras(tree);
        sections
    }

    /// Reports what stops the load at once.
    pub(super) fn stop(&mut self, kind: Kind, place: Place, docker: impl Into<String>) {
        if !self.is_reported(place) {
            let step = Step::File(self.file, self.step);
            let mut problem = Problem::new(kind, place).refused(step, docker);
            problem.service.clone_from(&self.service);
            self.problems.push(problem);
        }
    }

    /// Reports what Docker takes, as far as is known here.
    pub(super) fn tell(&mut self, kind: Kind, place: Place) {
        if !self.is_reported(place) {
            let mut problem = Problem::new(kind, place);
            problem.service.clone_from(&self.service);
            self.problems.push(problem);
        }
    }

    /// Reports one line of `decoding failed due to the following error(s)`.
    pub(super) fn refuse(&mut self, kind: Kind, place: Place, line: impl Into<String>) {
        if !self.is_reported(place) {
            let step = Step::File(self.file, self.step);
            let mut problem = Problem::new(kind, place);
            let group = format!("decode {}", self.service.as_deref().unwrap_or_default());
            problem.service.clone_from(&self.service);
            problem.refusal = Some(Refusal { step, text: line.into(), weight: 0, group });
            self.problems.push(problem);
        }
    }

    /// Reports what Docker takes, though not as meant.
    pub(super) fn note(&mut self, kind: Kind, place: Place) {
        let mut problem = Problem::new(kind, place);
        problem.service.clone_from(&self.service);
        self.problems.push(problem);
    }

    fn is_reported(&self, place: Place) -> bool {
        self.reported.contains(&(place.span.start(), place.span.end()))
    }

    /// The working folder, as text.
    pub(super) fn folder(&self) -> String {
        self.working_dir.to_string_lossy().into_owned()
    }

    /// A relative path, from the working folder on, as Go joins it.
    pub(super) fn absolute(&self, path: &str) -> String {
        crate::value::path::resolve(path, &self.folder())
    }
}

/// The entries of a top-level section.
fn entries<'n>(tree: &'n Node, section: &str) -> &'n [Entry] {
    tree.get(section).and_then(Node::as_map).map_or(&[], |map| &map.entries)
}

/// The `x-` entries of a mapping.
fn extras(node: &Node) -> Vec<Named<Node>> {
    let entries = node.as_map().map_or(&[][..], |map| &map.entries);
    let extra = entries.iter().filter(|it| it.key.text.starts_with("x-"));
    extra.map(|it| named(it, it.node.clone())).collect()
}

fn named<T>(entry: &Entry, value: T) -> Named<T> {
    Named { name: key_text(entry), value }
}

/// A key with its place.
pub(super) fn key_text(entry: &Entry) -> Spanned<String> {
    let place = Place { via: entry.key.via, ..Place::at(entry.key.span) };
    Spanned::new(entry.key.text.clone(), place)
}
