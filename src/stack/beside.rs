//! What files beside the stack say that Docker does not read: `.env`, and configs that look like
//! templates.

use std::collections::BTreeMap;
use std::path::Path;

use indexmap::IndexSet;

use crate::source::Files;
use crate::stack::Stack;
use crate::stack::model::is_true;
use crate::value::env_file;
use crate::value::sha256::sha256;

/// Facts about files beside the stack.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The names that `.env` sets.
    pub dotenv: Vec<String>,
    /// The paths of configs whose text has Swarm's placeholders.
    pub templates: IndexSet<String>,
    /// The first digits of the SHA-256 of configs, by path. There is none of secrets: who sees it
    /// could try out what a weak one is.
    pub hashes: BTreeMap<String, String>,
    /// The paths of secrets that a repository keeps.
    pub tracked: IndexSet<String>,
}

/// So many digits tell the versions of one file apart.
pub const DIGITS: usize = 12;

/// A larger `.env` is none.
const LARGEST: u64 = 1_024_000;

/// Placeholders that only Swarm fills: functions of its own, and its data.
const PLACEHOLDERS: &[&str] = &[
    "{{ env \"",
    "{{env \"",
    "{{ secret \"",
    "{{secret \"",
    "{{ config \"",
    "{{.Service.",
    "{{.Node.",
    "{{.Task.",
    "{{ .Service.",
    "{{ .Node.",
    "{{ .Task.",
];

/// Reads the files, where they are there and of a usual size.
pub fn read(stack: &Stack, disk: &dyn Files) -> Beside {
    let mut found = Beside::default();
    let text = |path: &Path| {
        let fits = disk.size(path).is_ok_and(|it| it <= LARGEST);
        fits.then(|| disk.read(path).ok()).flatten()
    };
    let needed = stack.variables.iter().any(|it| !it.is_set);
    if needed && let Some(bytes) = text(&Path::new(&stack.working_dir).join(".env")) {
        let lines = env_file::parse(&bytes).unwrap_or_default();
        found.dotenv = lines.into_iter().map(|it| it.name).collect();
    }
    let own = stack.configs.iter().filter(|it| !is_true(&it.external));
    for file in own.filter_map(|it| it.file.as_ref()) {
        let Some(bytes) = text(Path::new(&file.value)) else { continue };
        let hash = sha256(&bytes).chars().take(DIGITS).collect();
        found.hashes.insert(file.value.clone(), hash);
        let content = String::from_utf8_lossy(&bytes);
        if PLACEHOLDERS.iter().any(|it| content.contains(it)) {
            found.templates.insert(file.value.clone());
        }
    }
    let secrets = stack.secrets.iter().filter(|it| !is_true(&it.external));
    for file in secrets.filter_map(|it| it.file.as_ref()).filter(|it| !it.value.is_empty()) {
        if disk.is_tracked(Path::new(&file.value)) {
            found.tracked.insert(file.value.clone());
        }
    }
    found
}
