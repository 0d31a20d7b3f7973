//! References of a container to secrets and configs.

use crate::swarm::spec::{ConfigReference, ContainerSpec, FileTarget, SecretReference};
use crate::swarm::validate::refusal::{Field, INVALID, Refusal};
use std::collections::BTreeMap;

/// What a reference says, whether to a secret or to a config.
struct Reference<'a> {
    id: &'a str,
    name: &'a str,
    file: Option<&'a FileTarget>,
    runtime: bool,
}

impl<'a> From<&'a SecretReference> for Reference<'a> {
    fn from(it: &'a SecretReference) -> Self {
        Self { id: &it.id, name: &it.name, file: it.file.as_ref(), runtime: false }
    }
}

impl<'a> From<&'a ConfigReference> for Reference<'a> {
    fn from(it: &'a ConfigReference) -> Self {
        let runtime = it.runtime.is_some();
        Self { id: &it.id, name: &it.name, file: it.file.as_ref(), runtime }
    }
}

/// The two kinds of references and where they stand.
struct Kind {
    word: &'static str,
    item: &'static str,
    file_name: &'static str,
}

const SECRET: Kind = Kind {
    word: "secret",
    item: "TaskTemplate.ContainerSpec.Secrets[]",
    file_name: "TaskTemplate.ContainerSpec.Secrets[].File.Name",
};

const CONFIG: Kind = Kind {
    word: "config",
    item: "TaskTemplate.ContainerSpec.Configs[]",
    file_name: "TaskTemplate.ContainerSpec.Configs[].File.Name",
};

/// Incomplete references, files of the same name, and a credential spec without its config.
pub(crate) fn all(container: &ContainerSpec) -> Vec<Refusal> {
    let mut refusals = each(&SECRET, container.secrets.iter().map(Reference::from));
    refusals.extend(each(&CONFIG, container.configs.iter().map(Reference::from)));
    refusals.extend(credential_spec(container));
    refusals
}

fn each<'a>(kind: &Kind, references: impl Iterator<Item = Reference<'a>>) -> Vec<Refusal> {
    let mut taken = BTreeMap::new();
    let word = kind.word;
    let one = |(index, it): (usize, Reference<'a>)| {
        let item = Field::item(kind.item, index);
        if it.id.is_empty() || it.name.is_empty() {
            let message = format!("malformed {word} reference");
            return Some(Refusal::new(item, INVALID, message));
        }
        let Some(file) = it.file else {
            let message = format!("malformed {word} reference, no target provided");
            return (!it.runtime).then(|| Refusal::new(item, INVALID, message));
        };
        let field = Field::item(kind.file_name, index);
        if file.name.is_empty() {
            let message =
                format!("malformed file {word} reference, invalid target file name provided");
            return Some(Refusal::new(field, INVALID, message));
        }
        let (first, name) = *taken.entry(&file.name).or_insert((index, it.name));
        if first == index {
            return None;
        }
        let message = format!(
            "{word} references '{name}' and '{}' have a conflicting target: '{}'",
            it.name, file.name
        );
        let other = Field::item(kind.file_name, first);
        Some(Refusal::new(field, INVALID, message).because_of(other))
    };
    references.enumerate().filter_map(one).collect()
}

fn credential_spec(container: &ContainerSpec) -> Option<Refusal> {
    let config = &container.privileges.as_ref()?.credential_spec.as_ref()?.config;
    let read_by_runtime = |it: &ConfigReference| it.runtime.is_some() && it.id == *config;
    if config.is_empty() || container.configs.iter().any(read_by_runtime) {
        return None;
    }
    let message = format!(
        "CredentialSpec references config '{config}', \
         but that config isn't in config references with RuntimeTarget"
    );
    let field = Field::of("TaskTemplate.ContainerSpec.Privileges.CredentialSpec.Config");
    Some(Refusal::new(field, INVALID, message))
}

/// Answers whether the swarm has the secret or config of this id and name.
pub trait Known {
    fn secret(&self, id: &str, name: &str) -> bool;
    fn config(&self, id: &str, name: &str) -> bool;
}

/// References to secrets and configs that the swarm does not have. Docker's client looks them up
/// by name beforehand, so a deploy meets this only when one is removed meanwhile.
pub fn references(container: &ContainerSpec, known: &impl Known) -> Vec<Refusal> {
    let secrets = container.secrets.iter().map(|it| (&it.name, known.secret(&it.id, &it.name)));
    let configs = container.configs.iter().map(|it| (&it.name, known.config(&it.id, &it.name)));
    missing(&SECRET, secrets).into_iter().chain(missing(&CONFIG, configs)).collect()
}

fn missing<'a>(
    kind: &Kind,
    references: impl Iterator<Item = (&'a String, bool)>,
) -> Option<Refusal> {
    let missing: Vec<_> = references.enumerate().filter(|(_, (_, known))| !known).collect();
    let names: Vec<_> = missing.iter().map(|(_, (name, _))| name.as_str()).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    let (first, _) = missing.first()?;
    let message = format!("{}{plural} not found: {}", kind.word, names.join(", "));
    Some(Refusal::new(Field::item(kind.item, *first), INVALID, message))
}
