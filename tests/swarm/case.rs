//! A fixture of the lab: what is deployed, onto which nodes, after what.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use swarm_plan::rollout;

use crate::support::{read, root};

/// A folder below `fixtures/swarm`: `stack.yml` and what comes before or after it.
pub struct Case {
    pub name: String,
    folder: PathBuf,
    pub setup: Setup,
}

/// `case.json`, where the swarm is not as the lab makes it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Setup {
    /// Availabilities of nodes while `before.yml` is deployed.
    pub nodes_before: BTreeMap<String, String>,
    /// Availabilities of nodes while the stack is deployed.
    pub nodes: BTreeMap<String, String>,
    /// The node that is lost once the stack runs, and how.
    pub lost: Option<Lost>,
    /// What is wrong with the containers of an update's new version.
    pub fault: Option<Fault>,
    pub kind: Kind,
}

/// What goes wrong with containers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub kind: FaultKind,
    /// For how long they run before.
    #[serde(default)]
    pub after_ms: u64,
    /// How many have it; none: all.
    #[serde(default)]
    pub first: Option<u64>,
}

/// How a container fails.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    Reject,
    Start,
    Crash,
    Hang,
}

impl Fault {
    /// Whether the plan says how it goes: all tasks end with an error after a second.
    pub fn is_a_crash(&self) -> bool {
        matches!(self.kind, FaultKind::Crash) && self.after_ms == 1000 && self.first.is_none()
    }
}

impl From<FaultKind> for rollout::FaultKind {
    fn from(it: FaultKind) -> Self {
        match it {
            FaultKind::Reject => Self::Reject,
            FaultKind::Start => Self::Start,
            FaultKind::Crash => Self::Crash,
            FaultKind::Hang => Self::Hang,
        }
    }
}

/// A node that is lost.
#[derive(Clone, Deserialize)]
pub struct Lost {
    pub node: String,
    pub how: How,
}

/// How a node is lost.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Its daemon ends, and its containers with it.
    Killed,
    /// Its network goes.
    CutOff,
}

/// What a case is about.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    Placement,
    Update,
    Loss,
}

impl Case {
    /// All cases of a kind, or those whose names contain `SWARM_LAB_ONLY`.
    pub fn all(kind: Kind) -> Vec<Self> {
        let only = env::var("SWARM_LAB_ONLY").unwrap_or_default();
        let mut folders: Vec<_> = fs::read_dir(root().join("fixtures/swarm"))
            .unwrap()
            .map(|it| it.unwrap().path())
            .filter(|it| it.join("stack.yml").exists())
            .collect();
        folders.sort();
        let cases = folders.into_iter().map(|it| Self::read(&it));
        cases.filter(|it| it.setup.kind == kind && it.name.contains(&only)).collect()
    }

    fn read(folder: &Path) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let setup = folder.join("case.json");
        let setup = if setup.exists() {
            serde_json::from_str(&read(&setup)).unwrap_or_else(|error| panic!("{name}: {error}"))
        } else {
            Setup::default()
        };
        Self { name, folder: folder.to_owned(), setup }
    }

    /// Whether its tasks need what tasks on their way out still hold.
    pub fn needs_room(&self) -> bool {
        let files = [Some(self.stack()), self.before(), self.beside()];
        let needs = |it: &PathBuf| {
            let text = read(it);
            text.contains("reservations") || text.contains("ports")
        };
        files.iter().flatten().any(needs)
    }

    pub fn stack(&self) -> PathBuf {
        self.folder.join("stack.yml")
    }

    /// What is deployed under the same name first: `before.yml`.
    pub fn before(&self) -> Option<PathBuf> {
        Some(self.folder.join("before.yml")).filter(|it| it.exists())
    }

    /// What runs beside it, as a stack of its own: `beside.yml`.
    pub fn beside(&self) -> Option<PathBuf> {
        Some(self.folder.join("beside.yml")).filter(|it| it.exists())
    }
}
