//! What is wrong with a declaration: facts, without wording. Each is worded by one rule.

use crate::source::{Place, Span};

/// One thing that Docker refuses, drops or changes.
#[derive(Clone, Debug)]
pub struct Problem {
    pub kind: Kind,
    pub span: Span,
    /// The alias or merge key that pulled the text in from elsewhere.
    pub via: Option<Span>,
    /// The service it belongs to.
    pub service: Option<String>,
    /// Docker's own answer, where it refuses.
    pub refusal: Option<Refusal>,
    /// Whether the value lacks a variable that is not set: then it says nothing about the file.
    pub lacks_variable: bool,
}

/// What Docker says when it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// When in a deploy it says so: the earliest refusal is the one that people see.
    pub step: Step,
    /// Docker's words.
    pub text: String,
    /// Among the refusals of one step the heaviest is printed.
    pub weight: usize,
    /// Refusals of one step with the same group are printed together.
    pub group: String,
}

/// A moment of a deploy, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The stack's name.
    Name,
    /// Reading YAML, all files.
    Read,
    /// One file: its number, and what is done with it.
    File(usize, FileStep),
    /// The services' image references.
    Image,
    /// External networks are looked up.
    Networks,
    /// Secret files are read.
    Secrets,
    Configs,
    /// Services are converted.
    Services,
    /// The manager checks what it is sent.
    Manager,
}

/// What is done with one file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileStep {
    Version,
    Forbidden,
    Interpolate,
    Encode,
    Schema,
    Services,
    Networks,
    Volumes,
    Secrets,
    Configs,
}

/// Which kind of top-level object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    Network,
    Volume,
    Secret,
    Config,
}

impl Object {
    /// `network`, `volume`, `secret`, `config`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Volume => "volume",
            Self::Secret => "secret",
            Self::Config => "config",
        }
    }
}

/// The kind of a problem, with what is needed to word it.
#[derive(Clone, Debug)]
pub enum Kind {
    /// The text is not YAML that Docker reads.
    Syntax {
        message: String,
        help: Option<String>,
        related: Option<(Span, String)>,
    },
    /// A second document, which nobody reads.
    SecondDocument,
    DuplicateKey {
        key: String,
        first: Span,
    },
    /// A key that YAML reads as a number, a boolean, null or a time.
    KeyNotText {
        key: String,
    },
    /// `.inf` or `.nan`.
    NotFinite,
    /// The top of the file is no mapping.
    NotMapping {
        found: &'static str,
    },
    UnsupportedVersion {
        found: String,
    },
    VersionMismatch {
        first: String,
        found: String,
    },
    ForbiddenKey {
        key: String,
        advice: &'static str,
    },
    /// The schema refuses the shape of a value.
    Shape(Box<crate::stack::check::Violation>),
    /// `${…}` that Docker cannot read; the text is the expression.
    Interpolation {
        expression: String,
    },
    /// `${NAME:?message}` without a value.
    RequiredVariable {
        name: String,
        message: String,
    },
    /// A variable's value in a typed field is of another type. The value is not kept.
    Cast {
        wanted: &'static str,
        empty: bool,
    },
    /// A value with a grammar that it does not follow.
    Value {
        grammar: Grammar,
        text: String,
        reason: String,
    },
    /// A number below zero, or above what the field holds.
    OutOfRange {
        number: String,
    },
    /// A number that Docker silently turns into another.
    Wrapped {
        number: String,
        becomes: String,
    },
    /// A value of a type that the schema lets pass and the decoder refuses or dies of.
    Undecodable {
        found: String,
    },
    EnvFileMissing {
        path: String,
        reason: String,
    },
    EnvFileLine {
        path: String,
        line: usize,
        reason: String,
    },
    /// `external` beside a key that it excludes.
    ExternalConflict {
        object: Object,
        key: &'static str,
    },
    /// A secret with a driver and a file.
    DriverAndFile,
    ExternalNameDeprecated {
        object: Object,
    },
    /// Docker warns and drops the key.
    UnsupportedKey {
        key: String,
    },
    /// Docker warns about the key.
    DeprecatedKey {
        key: String,
        advice: &'static str,
    },
    /// Docker drops the key and says nothing.
    IgnoredKey {
        key: String,
    },
    /// `~` without a home directory.
    HomeUnset,
    /// The address of a port is dropped.
    PortAddressIgnored {
        address: String,
        warnings: Vec<String>,
    },
    /// An option of a mount in short form that Docker passes over.
    IgnoredOption {
        option: String,
    },
    /// A bind mount without a source.
    BindWithoutSource,
    ImageMissing,
    ImageInvalid {
        reason: String,
    },
    Undefined {
        object: Object,
        name: String,
        known: Vec<String>,
    },
    /// The file of a secret or a config cannot be read.
    FileUnreadable {
        object: Object,
        path: String,
        reason: String,
    },
    /// The size of a secret's or a config's file in bytes, where the limit is near or passed.
    FileSize {
        object: Object,
        size: u64,
    },
    UnknownMode {
        mode: String,
    },
    ReplicasWithoutReplicated {
        mode: String,
    },
    TestAndDisable,
    /// Options of one kind of mount on another.
    MountMismatch {
        reason: String,
    },
    DuplicateTarget {
        object: Object,
        name: String,
    },
    CredentialSpec {
        reason: String,
    },
    /// The manager, or the Engine before it, refuses the spec: its words, and the other place that
    /// explains them.
    Refused {
        subject: Refused,
        reason: String,
        other: Option<(Span, String)>,
    },
    /// A network, secret, config that is declared external and does not exist.
    ExternalMissing {
        object: Object,
        name: String,
        known: Vec<String>,
        scope: Option<String>,
    },
    InvalidStackName {
        name: String,
    },
}

/// What the manager refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    ServiceName,
    ObjectName(Object),
    Constraint,
    /// One port twice in a service.
    DuplicatePort,
    /// A port that two services publish.
    PortConflict,
    /// A resolution mode, and ports that do not go with it.
    Endpoint,
    Resources,
    /// Replicas or completions.
    Mode,
    UpdateConfig,
    RestartPolicy,
    Healthcheck,
    Image,
    Mount,
    /// The target of a secret or a config.
    Target(Object),
    /// A placeholder such as `{{.Node.Hostname}}`.
    Template,
    CredentialSpec,
    Network,
    /// The routing mesh's network among those of a service.
    Ingress,
}

/// Scalars with a grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    Duration,
    Size,
    Cpus,
    Mount,
    Command,
    Restart,
    Port,
}

impl Problem {
    pub fn new(kind: Kind, place: Place) -> Self {
        Self {
            kind,
            span: place.span,
            via: place.via,
            service: None,
            refusal: None,
            lacks_variable: place.is_unset(),
        }
    }

    pub fn at(kind: Kind, span: Span) -> Self {
        Self::new(kind, Place::at(span))
    }

    pub fn refused(mut self, step: Step, text: impl Into<String>) -> Self {
        let group = String::new();
        self.refusal = Some(Refusal { step, text: text.into(), weight: 0, group });
        self
    }

    pub fn of_service(mut self, name: &str) -> Self {
        self.service = Some(name.to_owned());
        self
    }
}
