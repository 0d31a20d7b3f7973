//! A stack → the specs that `docker stack deploy` sends (docker/cli `cli/compose/convert`), and
//! what it refuses on the way, in its order.

mod container;
mod mount;
mod network;
mod objects;
mod service;
mod task;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::source::{Files, Named, Place};
use crate::stack::{FileObject, Kind, Network, Problem, Stack, Step, Volume};
use crate::swarm::spec::Specs;

/// The label that says which stack an object belongs to.
pub const NAMESPACE_LABEL: &str = "com.docker.stack.namespace";
/// The label that holds a service's image as the stack file has it.
pub const IMAGE_LABEL: &str = "com.docker.stack.image";

/// What a deploy finds in the swarm. What is not known is taken to exist.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    /// Names of all secrets.
    pub secrets: Option<Vec<String>>,
    pub configs: Option<Vec<String>>,
    /// Names of volumes that exist on the nodes that need them.
    pub volumes: Option<Vec<String>>,
    /// Names of all networks, and their scopes.
    pub networks: Option<BTreeMap<String, String>>,
    /// Names that do not exist, whatever the lists above say.
    pub missing_secrets: Vec<String>,
    pub missing_configs: Vec<String>,
    /// Scopes of single networks: empty where there is none of the name.
    pub scopes: BTreeMap<String, String>,
}

/// What to convert.
pub struct Input<'a> {
    pub stack: &'a Stack,
    /// The stack's name.
    pub namespace: &'a str,
    pub existing: &'a Existing,
    pub disk: &'a dyn Files,
    /// Whether the files of secrets and configs are read; else only their size is looked at.
    pub read_data: bool,
}

/// Converts a stack. Never fails: what Docker refuses is among the problems, and the specs hold
/// what could be converted.
pub fn convert(input: &Input) -> (Specs, Vec<Problem>) {
    let mut work = Converter {
        stack: input.stack,
        namespace: input.namespace,
        existing: input.existing,
        disk: input.disk,
        read_data: input.read_data,
        problems: Vec::new(),
        service: String::new(),
        names: Names::of(input.stack),
        guesses: Cell::new(GUESSES),
    };
    let specs = work.specs();
    (specs, work.problems)
}

/// Checks a stack's name as Docker does.
pub fn check_name(namespace: &str) -> Option<Problem> {
    let trimmed = namespace.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    if !trimmed.is_empty() {
        return None;
    }
    let docker = format!("invalid stack name: {}", crate::value::quote::quote(namespace));
    let kind = Kind::InvalidStackName { name: namespace.to_owned() };
    Some(Problem::new(kind, Place::default()).refused(Step::Name, docker))
}

struct Converter<'a> {
    stack: &'a Stack,
    namespace: &'a str,
    existing: &'a Existing,
    disk: &'a dyn Files,
    read_data: bool,
    problems: Vec<Problem>,
    /// The service being converted.
    service: String,
    names: Names<'a>,
    /// How many more names are kept to guess from.
    guesses: Cell<usize>,
}

/// Enough for the wrong names of any stack that a person wrote.
const GUESSES: usize = 100_000;

/// What the stack declares, by name.
struct Names<'a> {
    networks: ByName<'a, Network>,
    volumes: ByName<'a, Volume>,
    secrets: ByName<'a, FileObject>,
    configs: ByName<'a, FileObject>,
}

type ByName<'a, T> = FxHashMap<&'a str, &'a Named<T>>;

impl<'a> Names<'a> {
    fn of(stack: &'a Stack) -> Self {
        Self {
            networks: by_name(&stack.networks),
            volumes: by_name(&stack.volumes),
            secrets: by_name(&stack.secrets),
            configs: by_name(&stack.configs),
        }
    }
}

fn by_name<T>(all: &[Named<T>]) -> ByName<'_, T> {
    // The first of a name counts.
    all.iter().rev().map(|it| (it.name.value.as_str(), it)).collect()
}

impl Converter<'_> {
    fn specs(&mut self) -> Specs {
        let mut specs = Specs::default();
        self.networks(&mut specs);
        self.look_up_volumes();
        specs.secrets = self.secrets();
        specs.configs = self.configs();
        for service in &self.stack.services {
            self.service.clone_from(&service.name.value);
            let spec = self.service(service);
            specs.services.insert(service.name.value.clone(), spec);
        }
        specs
    }

    /// The name of an object in the swarm.
    fn scoped(&self, name: &str) -> String {
        format!("{}_{name}", self.namespace)
    }

    fn namespace_label(&self, mut labels: BTreeMap<String, String>) -> BTreeMap<String, String> {
        labels.insert(NAMESPACE_LABEL.to_owned(), self.namespace.to_owned());
        labels
    }

    /// The names to guess from where one is not among them.
    fn known<T>(&self, all: &[Named<T>]) -> Vec<String> {
        let left = self.guesses.get().saturating_sub(all.len());
        self.guesses.set(left);
        let shown = if left == 0 { &[] } else { all };
        shown.iter().map(|it| it.name.value.clone()).collect()
    }

    /// Reports what stops the conversion of the service at hand.
    fn refuse(&mut self, kind: Kind, place: Place, reason: impl std::fmt::Display) {
        let docker = format!("service {}: {reason}", self.service);
        let problem = Problem::new(kind, place).refused(Step::Services, docker);
        self.problems.push(problem.of_service(&self.service));
    }
}

/// Labels as a map.
fn map(labels: &crate::stack::model::Labels) -> BTreeMap<String, String> {
    labels.iter().map(|it| (it.name.value.clone(), it.value.value.clone())).collect()
}

/// Texts without their places.
fn plain(texts: &[crate::stack::model::Text]) -> Vec<String> {
    texts.iter().map(|it| it.value.clone()).collect()
}

/// An optional text; empty where absent.
fn owned(text: Option<&crate::stack::model::Text>) -> String {
    text.map_or(String::new(), |it| it.value.clone())
}

/// A path as the system knows it.
fn path(text: &str) -> &Path {
    Path::new(text)
}
