//! What `docker stack deploy` would change of what runs: step by step, in Docker's order, with the
//! consequence of each changed field. Facts; `output` and `rules` word them.

mod compare;
mod normal;
mod objects;
mod place;
mod rename;
mod reveal;
mod services;
mod steps;
mod tasks;
mod update;

pub use compare::{Difference, Keyed};
pub(super) use reveal::revealed;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::cluster::Cluster;
use crate::cluster::running::Running;
use crate::plan::effect::Unit;
use crate::source::Span;
use crate::stack::Stack;
use crate::swarm::spec::Specs;

/// What to compare.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The stack's name.
    pub name: &'a str,
    /// The stack with what was found wrong with it.
    pub stack: &'a Stack,
    /// What it sends, with the contents of secrets and configs.
    pub specs: &'a Specs,
    pub running: &'a Running,
    /// Whether the deploy removes services that the stack has no more.
    pub prune: bool,
    /// Where tasks run now, as far as it is known.
    pub cluster: Option<&'a Cluster>,
}

/// Everything that a deploy would change.
#[derive(Clone, Debug)]
pub struct Diff<'a> {
    pub name: &'a str,
    pub running: &'a Running,
    /// What the deploy sends.
    pub specs: &'a Specs,
    /// All five, in Docker's order.
    pub steps: Vec<Step>,
    /// Where the deploy ends before its end; none where nothing is refused.
    pub halt: Option<Halt>,
    /// What the stack has no more and the deploy leaves.
    pub left: Vec<Left>,
    /// Whether services are told apart by tags that may have moved in the registry.
    pub tags: usize,
}

/// One step of a deploy.
#[derive(Clone, Debug)]
pub struct Step {
    pub stage: Stage,
    /// By object and name. Docker takes those of a step in random order, but for the first step.
    pub changes: Vec<Change>,
}

/// The steps, in Docker's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Prune,
    Networks,
    Secrets,
    Configs,
    Services,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] =
        [Self::Prune, Self::Networks, Self::Secrets, Self::Configs, Self::Services];

    /// `prune`, `networks`, `secrets`, `configs`, `services`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prune => "prune",
            Self::Networks => "networks",
            Self::Secrets => "secrets",
            Self::Configs => "configs",
            Self::Services => "services",
        }
    }
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    Service,
    Network,
    Secret,
    Config,
}

impl Object {
    /// `service`, `network`, `secret`, `config`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Network => "network",
            Self::Secret => "secret",
            Self::Config => "config",
        }
    }
}

/// What becomes of an object, or of a change: the later, the more there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing changes.
    None,
    /// Docker does nothing about the change.
    Ignored,
    /// It changes, and no task notices.
    InPlace,
    /// Tasks come or go.
    Scale,
    /// Nobody can know before.
    Unknown,
    Create,
    /// All tasks are replaced.
    Restart,
    Delete,
    /// Docker refuses.
    Fails,
}

impl Outcome {
    /// As in the published schema: `in_place`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ignored => "ignored",
            Self::InPlace => "in_place",
            Self::Scale => "scale",
            Self::Unknown => "unknown",
            Self::Create => "create",
            Self::Restart => "restart",
            Self::Delete => "delete",
            Self::Fails => "fails",
        }
    }
}

/// What happens to one object.
#[derive(Clone, Debug)]
pub struct Change {
    pub object: Object,
    /// Its real name.
    pub name: String,
    /// Its name in the stack file.
    pub key: Option<String>,
    pub outcome: Outcome,
    pub fields: Vec<Field>,
    /// Docker's own words where it refuses, or would.
    pub message: Option<String>,
    pub notes: Vec<Note>,
    /// Where the stack file names it.
    pub span: Option<Span>,
    /// How many tasks run, or are to run, of a service that is there; none where nobody knows.
    pub tasks: Option<u64>,
}

/// One field that changes.
#[derive(Clone, Debug)]
pub struct Field {
    /// By the Engine API's names.
    pub path: String,
    /// By the keys of a stack file.
    pub name: String,
    pub old: Option<Value>,
    pub new: Option<Value>,
    pub unit: Unit,
    /// Whether only the order is another one.
    pub is_order: bool,
    pub outcome: Outcome,
    pub note: Option<FieldNote>,
    /// Where the stack file says it.
    pub span: Option<Span>,
}

/// What else there is to say of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Every deploy runs a job again.
    RunsAgain,
    /// The only version to roll back to becomes the present one; what that image was.
    RollbackLost { image: String },
    /// The service was another's before: the stack has the old name no more.
    RenamedFrom { old: String, runs_on: bool },
    /// It is of another stack, or of none, and is taken over.
    TakenOver,
    /// The port is another service's, which gives it up in this deploy: the order is random.
    PortFreed { port: String, by: String },
    /// Its last update was paused; the deploy goes on with a new one.
    WasPaused,
    /// Nobody was allowed to see whether it exists.
    Unseen,
    /// Which services use the config or secret.
    UsedBy { services: Vec<String> },
}

/// Why a field has the outcome that it has, where that is not plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldNote {
    /// Somebody scaled the service by hand, and the file has the number from before.
    ScaledByHand,
    /// The file gives no number, which is one.
    ReplicasUnsaid,
    /// Volumes that exist keep their driver and options.
    VolumeKept,
    /// A label of the container; one under `deploy` would change in place.
    ContainerLabel,
    /// In one update with placement, published ports replace no task.
    BesidePlacement,
    /// No task moves for it; new ones go where it says.
    NewTasksOnly,
    /// Only tasks on nodes that the new constraints leave out are replaced: so many.
    Moves(u64),
    /// As before, but nobody knows where tasks are.
    MovesUnknown,
    /// Networks are never updated.
    NetworkKept,
    /// Only labels of a secret or config are ever updated.
    ObjectKept,
    /// The old content is not known; the deploy fails if it was another one.
    ContentUnknown,
}

/// Where a deploy ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    pub stage: Stage,
    /// Whether nothing of the step itself is done.
    pub before: bool,
}

/// What stays behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub object: Object,
    pub name: String,
}

/// Compares. Pure: the same request gives the same answer.
pub fn diff<'a>(request: &Request<'a>) -> Diff<'a> {
    steps::Work::of(request).diff()
}

impl Diff<'_> {
    /// All changes, step by step.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.steps.iter().flat_map(|it| &it.changes)
    }

    /// Whether the deploy comes to its end.
    pub fn succeeds(&self) -> bool {
        self.halt.is_none()
    }

    /// Whether anything is other than it was.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
            && self.changes().all(|it| it.outcome == Outcome::None && it.fields.is_empty())
    }

    /// How many objects have each outcome.
    pub fn counts(&self) -> BTreeMap<Outcome, usize> {
        let mut counts = BTreeMap::new();
        for it in self.changes() {
            *counts.entry(it.outcome).or_default() += 1;
        }
        counts
    }

    /// Whether a step is done: as a whole, in part, or not at all.
    pub fn reach(&self, stage: Stage) -> Reach {
        match self.halt {
            Some(halt) if halt.stage < stage || (halt.stage == stage && halt.before) => Reach::Not,
            Some(halt) if halt.stage == stage => Reach::Part,
            _ => Reach::All,
        }
    }
}

/// How much of a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    All,
    /// Some of it, in random order, until something is refused.
    Part,
    Not,
}
