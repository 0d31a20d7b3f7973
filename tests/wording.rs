//! Every kind of problem that loading can record is worded by exactly one rule.

use swarm_plan::source::{Place, Sources, Span};
use swarm_plan::stack::check::{Segment, Violation, ViolationKind};
use swarm_plan::stack::keys::{NEWEST, Names, ROOT, SERVICE, Type};
use swarm_plan::stack::problem::{Grammar, Refused};
use swarm_plan::stack::{Kind, Object, Problem, Step};

use crate::support::wording;

/// One problem of each kind, and of each that rules tell apart. A new kind goes into `number`, too.
fn kinds() -> Vec<Kind> {
    let text = || "x".to_owned();
    let mut kinds = vec![
        Kind::Syntax { message: text(), help: None, related: None },
        Kind::SecondDocument,
        Kind::DuplicateKey { key: text(), first: Span::default() },
        Kind::DuplicateKey { key: "<<".to_owned(), first: Span::default() },
        Kind::KeyNotText { key: text() },
        Kind::NotFinite,
        Kind::NotMapping { found: "a list" },
        Kind::UnsupportedVersion { found: text() },
        Kind::VersionMismatch { first: text(), found: text() },
        Kind::ForbiddenKey { key: text(), advice: "x" },
        Kind::Interpolation { expression: text() },
        Kind::RequiredVariable { name: text(), message: text() },
        Kind::Cast { wanted: "integer", empty: true },
        Kind::Cast { wanted: "integer", empty: false },
        Kind::OutOfRange { number: "-1".to_owned() },
        Kind::OutOfRange { number: "1".to_owned() },
        Kind::Wrapped { number: text(), becomes: text() },
        Kind::Undecodable { found: text() },
        Kind::EnvFileMissing { path: text(), reason: text() },
        Kind::EnvFileLine { path: text(), line: 1, reason: text() },
        Kind::DriverAndFile,
        Kind::UnsupportedKey { key: text() },
        Kind::UnsupportedKey { key: "restart".to_owned() },
        Kind::DeprecatedKey { key: text(), advice: "x" },
        Kind::IgnoredKey { key: text() },
        Kind::HomeUnset,
        Kind::PortAddressIgnored { address: text(), warnings: Vec::new() },
        Kind::IgnoredOption { option: text() },
        Kind::BindWithoutSource,
        Kind::ImageMissing,
        Kind::ImageInvalid { reason: text() },
        Kind::UnknownMode { mode: text() },
        Kind::ReplicasWithoutReplicated { mode: text() },
        Kind::TestAndDisable,
        Kind::MountMismatch { reason: text() },
        Kind::CredentialSpec { reason: text() },
        Kind::InvalidStackName { name: text() },
    ];
    for grammar in [
        Grammar::Duration,
        Grammar::Size,
        Grammar::Cpus,
        Grammar::Mount,
        Grammar::Command,
        Grammar::Restart,
        Grammar::Port,
    ] {
        kinds.push(Kind::Value { grammar, text: text(), reason: text() });
    }
    for object in [Object::Network, Object::Volume, Object::Secret, Object::Config] {
        let (name, known) = (text(), Vec::new());
        kinds.push(Kind::ExternalConflict { object, key: "driver" });
        kinds.push(Kind::ExternalNameDeprecated { object });
        kinds.push(Kind::Undefined { object, name, known });
    }
    for object in [Object::Secret, Object::Config] {
        kinds.push(Kind::FileUnreadable { object, path: text(), reason: text() });
        kinds.push(Kind::DuplicateTarget { object, name: text() });
        for size in [0, 1_024_000] {
            kinds.push(Kind::FileSize { object, size });
        }
    }
    for object in [Object::Network, Object::Secret, Object::Config] {
        let (name, known) = (text(), Vec::new());
        kinds.push(Kind::ExternalMissing { object, name, known, scope: None });
    }
    let (object, scope) = (Object::Network, Some("local".to_owned()));
    kinds.push(Kind::ExternalMissing { object, name: text(), known: Vec::new(), scope });
    kinds.extend(violations().map(|it| Kind::Shape(Box::new(it))));
    kinds.extend(refusals());
    kinds
}

fn violations() -> impl Iterator<Item = Violation> {
    let key = |it: &str| Segment::Key(it.to_owned());
    let service = move || vec![key("services"), key("web")];
    let unknown = |name: &str, needs| ViolationKind::UnknownKey {
        key: name.to_owned(),
        record: &SERVICE,
        needs,
    };
    let wrong = |found| ViolationKind::WrongType { expected: vec![Type::Text], found };
    let under = move |name: &str| service().into_iter().chain([key(name)]).collect::<Vec<_>>();
    let name = ViolationKind::InvalidName { key: "x".to_owned(), names: Names::Object };
    let first = Span::default();
    let found = [
        (Vec::new(), ViolationKind::UnknownKey { key: "x".to_owned(), record: &ROOT, needs: None }),
        (service(), unknown("imgae", None)),
        (service(), unknown("profiles", None)),
        (service(), unknown("init", Some(NEWEST))),
        (service(), name),
        (under("hostname"), wrong(Type::Integer)),
        (under("hostname"), wrong(Type::Bool)),
        (under("hostname"), wrong(Type::Null)),
        (under("stop_grace_period"), wrong(Type::Integer)),
        (under("depends_on"), wrong(Type::Mapping)),
        (under("env_file"), wrong(Type::Mapping)),
        (service(), ViolationKind::MissingKey { key: "type" }),
        (under("dns"), ViolationKind::DuplicateItem { index: 1, first_index: 0, first }),
        (under("stop_grace_period"), ViolationKind::InvalidDuration),
        (under("ports"), ViolationKind::InvalidPort),
        (under("order"), ViolationKind::NotInEnum { allowed: &["a", "b"] }),
        (under("size"), ViolationKind::BelowMinimum),
    ];
    found.into_iter().map(|(path, kind)| Violation {
        span: Span::default(),
        place: Place::default(),
        path,
        kind,
        docker: "x".to_owned(),
        depth: 1,
        is_type: false,
    })
}

fn refusals() -> impl Iterator<Item = Kind> {
    let subjects = [
        Refused::ServiceName,
        Refused::ObjectName(Object::Secret),
        Refused::Constraint,
        Refused::DuplicatePort,
        Refused::PortConflict,
        Refused::Endpoint,
        Refused::Resources,
        Refused::Mode,
        Refused::UpdateConfig,
        Refused::RestartPolicy,
        Refused::Healthcheck,
        Refused::Image,
        Refused::Mount,
        Refused::Target(Object::Secret),
        Refused::Target(Object::Config),
        Refused::Template,
        Refused::CredentialSpec,
        Refused::Network,
        Refused::Ingress,
    ];
    // Parts of the manager's messages by which rules are chosen.
    let reasons = [
        "x",
        "name must be 63 characters or fewer",
        "service x already exists",
        "port published with ingress mode can't be used with dnsrr mode",
        "Jobs may not have an update config",
        "update-maxfailureratio cannot be less than 0",
        "Timeout in HealthConfig cannot be less than 1ms",
        "duplicate mount point: /x",
        "have a conflicting target",
        "invalid subnet 10.0.0.1/8",
        "unrecognized update order x",
        "invalid MountType: \"x\"",
        "update-delay cannot be negative",
    ];
    subjects.into_iter().flat_map(move |subject| {
        reasons.into_iter().map(move |reason| Kind::Refused {
            subject,
            reason: reason.to_owned(),
            other: Some((Span::default(), "x".to_owned())),
        })
    })
}

/// The kinds in the order of their definition: the compiler says where one is missing.
fn number(kind: &Kind) -> usize {
    match kind {
        Kind::Syntax { .. } => 0,
        Kind::SecondDocument => 1,
        Kind::DuplicateKey { .. } => 2,
        Kind::KeyNotText { .. } => 3,
        Kind::NotFinite => 4,
        Kind::NotMapping { .. } => 5,
        Kind::UnsupportedVersion { .. } => 6,
        Kind::VersionMismatch { .. } => 7,
        Kind::ForbiddenKey { .. } => 8,
        Kind::Shape(_) => 9,
        Kind::Interpolation { .. } => 10,
        Kind::RequiredVariable { .. } => 11,
        Kind::Cast { .. } => 12,
        Kind::Value { .. } => 13,
        Kind::OutOfRange { .. } => 14,
        Kind::Wrapped { .. } => 15,
        Kind::Undecodable { .. } => 16,
        Kind::EnvFileMissing { .. } => 17,
        Kind::EnvFileLine { .. } => 18,
        Kind::ExternalConflict { .. } => 19,
        Kind::DriverAndFile => 20,
        Kind::ExternalNameDeprecated { .. } => 21,
        Kind::UnsupportedKey { .. } => 22,
        Kind::DeprecatedKey { .. } => 23,
        Kind::IgnoredKey { .. } => 24,
        Kind::HomeUnset => 25,
        Kind::PortAddressIgnored { .. } => 26,
        Kind::IgnoredOption { .. } => 27,
        Kind::BindWithoutSource => 28,
        Kind::ImageMissing => 29,
        Kind::ImageInvalid { .. } => 30,
        Kind::Undefined { .. } => 31,
        Kind::FileUnreadable { .. } => 32,
        Kind::FileSize { .. } => 33,
        Kind::UnknownMode { .. } => 34,
        Kind::ReplicasWithoutReplicated { .. } => 35,
        Kind::TestAndDisable => 36,
        Kind::MountMismatch { .. } => 37,
        Kind::DuplicateTarget { .. } => 38,
        Kind::CredentialSpec { .. } => 39,
        Kind::Refused { .. } => 40,
        Kind::ExternalMissing { .. } => 41,
        Kind::InvalidStackName { .. } => 42,
    }
}

#[test]
fn every_kind_of_problem_is_worded_by_exactly_one_rule() {
    let mut seen = [false; 43];
    for kind in kinds() {
        seen[number(&kind)] = true;
        let mut sources = Sources::default();
        sources.add("stack.yml", "a: 1\n");
        let problem = Problem::at(kind, Span::default()).refused(Step::Manager, "Docker's words");
        let words = wording(&problem, &sources);
        assert_eq!(words.len(), 1, "{:?} is worded {:?}", problem.kind, words);
        assert!(words[0].help.is_some(), "{}: say what to do: {}", words[0].rule, words[0].message);
    }
    assert!(seen.iter().all(|it| *it), "add to `kinds` the missing: {seen:?}");
}
