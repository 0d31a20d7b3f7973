//! Small stacks and what is wrong with them.

use serde_json::Value as Json;

use crate::source::{Place, SourceId, Span};
use crate::stack::check::{
    Formats, Segment, Violation, ViolationKind, check, dockers_choice, forbidden, json_problems,
};
use crate::stack::keys::{NEWEST, json_schema};
use crate::yaml::{Entry, Key, Map, Node, Value};

const FORMATS: Formats = Formats {
    duration: |it| it.ends_with('s') && it.starts_with(|it: char| it.is_ascii_digit()),
    port: |it| it.parse::<u16>().is_ok() || it.split_once(':').is_some(),
};

/// Reads JSON, which has the forms of a stack file without its places.
fn tree(json: &str) -> Node {
    node(serde_json::from_str(json).expect("the test's own JSON"))
}

fn node(json: Json) -> Node {
    let value = match json {
        Json::Null => Value::Null,
        Json::Bool(it) => Value::Bool(it),
        Json::String(it) => Value::Text(it),
        Json::Number(it) => match (it.as_i64(), it.as_u64()) {
            (Some(it), _) => Value::Int(it),
            (_, Some(it)) => Value::Uint(it),
            _ => Value::Float(it.as_f64().unwrap_or(f64::NAN)),
        },
        Json::Array(them) => Value::List(them.into_iter().map(node).collect()),
        Json::Object(them) => Value::Map(Map {
            entries: them
                .into_iter()
                .map(|(text, it)| Entry {
                    key: Key { is_text: !text.starts_with('#'), text, ..Key::default() },
                    node: node(it),
                })
                .collect(),
        }),
    };
    Node::new(value, Place::default())
}

fn found(json: &str, minor: u8) -> Vec<Violation> {
    check(&tree(json), minor, &FORMATS)
}

/// Docker's answers, recorded; none where it goes on to the next stage.
const ANSWERS: &[(u8, &str, Option<&str>)] = &[
    (13, r#"{"services": {"web": {"image": "nginx"}}}"#, None),
    (13, r#"{"x-a": 1, "services": {"web": {"x-b": [], "deploy": null}}}"#, None),
    (13, r#"{"networks": {"a b": {"nonsense": 1}}}"#, None),
    (13, r#"{"services": {"web": {"ulimits": {"NOFILE": "x"}}}}"#, None),
    (13, r#"{"services": {"web": {"build": {"nonsense": 1}}}}"#, None),
    (13, r#"{"services": {"web": {"deploy": {"replicas": 2.0}}}}"#, None),
    (13, r#"{"services": {"web": {"volumes": ["a", "a"]}}}"#, None),
    (13, r#"{"services": {"web": {"mem_limit": "1g"}}}"#, None),
    (13, "[]", Some("top-level object must be a mapping")),
    (13, r#"{"name": "x"}"#, Some("(root) Additional property name is not allowed")),
    (13, r#"{"version": 3.8}"#, Some("version must be a string")),
    (
        10,
        r#"{"services": {"web": {"build": {"nonsense": 1}}}}"#,
        Some("services.web.build Additional property nonsense is not allowed"),
    ),
    (
        8,
        r#"{"services": {"web": {"deploy": {"resources": {"limits": {"pids": 1}}}}}}"#,
        Some("services.web.deploy.resources.limits Additional property pids is not allowed"),
    ),
    (
        6,
        r#"{"networks": {"a": {"x-a": 1}}}"#,
        Some("networks.a Additional property x-a is not allowed"),
    ),
    (
        13,
        r#"{"services": {"a b": {"image": 1}}}"#,
        Some("services Additional property a b is not allowed"),
    ),
    (
        13,
        r#"{"services": {"web": {"deploy": {"replicas": 2.5}}}}"#,
        Some("services.web.deploy.replicas must be a integer"),
    ),
    (13, r#"{"services": {"web": {"command": 3}}}"#, Some("services.web.command must be a string")),
    (13, r#"{"services": {"web": {"labels": 3}}}"#, Some("services.web.labels must be a mapping")),
    (
        13,
        r#"{"services": {"web": {"labels": {"": "x"}}}}"#,
        Some("services.web.labels Additional property  is not allowed"),
    ),
    (
        13,
        r#"{"services": {"web": {"environment": {"A": true}}}}"#,
        Some("services.web.environment.A must be a string, number or null"),
    ),
    (
        13,
        r#"{"services": {"web": {"deploy": 1}}}"#,
        Some("services.web.deploy must be a mapping or null"),
    ),
    (
        13,
        r#"{"services": {"web": {"ports": [true]}}}"#,
        Some("services.web.ports.0 must be a number"),
    ),
    (
        1,
        r#"{"services": {"web": {"ports": [true]}}}"#,
        Some("services.web.ports.0 must be a string or number"),
    ),
    (
        13,
        r#"{"services": {"web": {"ports": [70000]}}}"#,
        Some("services.web.ports.0 Does not match format 'ports'"),
    ),
    (
        13,
        r#"{"services": {"web": {"ports": [80, 80.0]}}}"#,
        Some("services.web.ports array items[0,1] must be unique"),
    ),
    (
        1,
        r#"{"services": {"web": {"volumes": ["a", "b", "a"]}}}"#,
        Some("services.web.volumes array items[0,2] must be unique"),
    ),
    (
        13,
        r#"{"services": {"web": {"volumes": [{"source": "a"}]}}}"#,
        Some("services.web.volumes.0 type is required"),
    ),
    (
        13,
        r#"{"services": {"web": {"volumes": [{"type": "tmpfs", "tmpfs": {"size": -1}}]}}}"#,
        Some("services.web.volumes.0.tmpfs.size Must be greater than or equal to 0"),
    ),
    (
        13,
        r#"{"services": {"web": {"stop_grace_period": "x"}}}"#,
        Some("services.web.stop_grace_period Does not match format 'duration'"),
    ),
    (3, r#"{"services": {"web": {"healthcheck": {"interval": "x"}}}}"#, None),
    (
        13,
        r#"{"services": {"web": {"deploy": {"update_config": {"order": "x"}}}}}"#,
        Some(
            "services.web.deploy.update_config.order services.web.deploy.update_config.order must \
             be one of the following: \"start-first\", \"stop-first\"",
        ),
    ),
    // A wrong type wins over another mistake as deep, and a dot in a name counts as a step.
    (
        13,
        r#"{"services": {"a.b": {"imag": 1}, "web": {"user": 1}}}"#,
        Some("services.web.user must be a string"),
    ),
    (
        13,
        r#"{"services": {"a.b.c": {"imag": 1}, "web": {"user": 1}}}"#,
        Some("services.a.b.c Additional property imag is not allowed"),
    ),
    // With many mistakes inside, Docker denies that a mapping was meant.
    (
        13,
        r#"{"services": {"web": {"ports": [{"a": 1, "b": 1}]}}}"#,
        Some("services.web.ports.0 Additional property a is not allowed"),
    ),
    (
        13,
        r#"{"services": {"web": {"ports": [{"a": 1, "b": 1, "c": 1}]}}}"#,
        Some("services.web.ports.0 must be a number"),
    ),
    (
        13,
        r#"{"services": {"web": {"labels": {"a": [], "b": [], "c": [], "d": [], "e": [], "f": [],
            "g": []}}}}"#,
        Some("services.web.labels must be a list"),
    ),
];

#[test]
fn docker_answers_the_same() {
    for &(minor, stack, expected) in ANSWERS {
        let found = found(stack, minor);
        let chosen = dockers_choice(&found).map(|it| found[it].docker.as_str());
        assert_eq!(chosen, expected, "3.{minor}: {stack}");
    }
}

#[test]
fn the_json_schema_agrees() {
    for &(minor, stack, expected) in ANSWERS {
        if !forbidden(&tree(stack)).is_empty() {
            continue;
        }
        let schema = jsonschema::validator_for(&json_schema(minor)).expect("a valid schema");
        let stack = serde_json::from_str(stack).expect("the test's own JSON");
        assert_eq!(schema.is_valid(&stack), expected.is_none(), "3.{minor}: {stack}");
    }
}

#[test]
fn the_json_schema_takes_variables_where_docker_converts_them() {
    let schema = jsonschema::validator_for(&json_schema(NEWEST)).expect("a valid schema");
    for (key, value, valid) in [
        ("tty", r#""${TTY}""#, true),
        ("tty", r#""yes""#, false),
        ("init", r#""${INIT}""#, false),
        ("ulimits", r#"{"nofile": "$N", "core": {"soft": "$N", "hard": 1}}"#, true),
        ("stop_grace_period", r#""${GRACE:-10s}""#, true),
        ("ports", r#"["$PORT:80", "127.0.0.1:8000-8010:80-90/udp", {"target": "$PORT"}]"#, true),
        ("ports", r#"["80/http"]"#, false),
        ("deploy", r#"{"replicas": "$N", "update_config": {"order": "$ORDER"}}"#, true),
        ("deploy", r#"{"replicas": "2"}"#, false),
    ] {
        let stack = format!(r#"{{"services": {{"web": {{"{key}": {value}}}}}}}"#);
        let stack = serde_json::from_str(&stack).expect("the test's own JSON");
        assert_eq!(schema.is_valid(&stack), valid, "{stack}");
    }
}

#[test]
fn every_mistake_is_found() {
    let stack = r#"{"nonsense": 1, "services": {"web": {"labels": {"a": [], "b": [], "c": [],
        "d": [], "e": [], "f": [], "g": []}, "init": 1, "dns": ["a", "b", "a", "b", "a"]}}}"#;
    let kinds = found(stack, 6).into_iter().map(|it| match it.kind {
        ViolationKind::UnknownKey { key, needs, .. } => format!("{key} {needs:?}"),
        ViolationKind::WrongType { expected, .. } => format!("{expected:?}"),
        ViolationKind::DuplicateItem { index, first_index, .. } => format!("{first_index}={index}"),
        other => format!("{other:?}"),
    });
    let mut expected = vec!["nonsense None".to_owned(), "init Some(7)".to_owned()];
    expected.extend(vec!["[Text, Number, Null]".to_owned(); 7]);
    expected.extend(["0=2", "1=3", "2=4"].map(str::to_owned));
    assert_eq!(kinds.collect::<Vec<_>>(), expected);
}

#[test]
fn values_without_a_form_in_json_are_named_in_dockers_order() {
    let stack = r##"{"x-b": {"#1": 0}, "x-a": [{"#2": {"#3": 0}}]}"##;
    let problems: Vec<_> = json_problems(&tree(stack)).into_iter().map(|(_, text)| text).collect();
    assert_eq!(problems, vec!["json: unsupported type: map[interface {}]interface {}"; 3]);

    let problems = json_problems(&tree(r##"{"#1": 0}"##));
    assert_eq!(problems[0].1, "top-level object must be a mapping");

    let problems = json_problems(&Node::new(Value::Float(f64::NEG_INFINITY), Place::default()));
    assert_eq!(problems[0].1, "json: unsupported value: -Inf");
}

#[test]
fn forbidden_keys_are_found_whatever_they_hold() {
    let stack = r#"{"services": {"web": {"extends": null, "image": "a"}, "db": {"cpuset": []}}}"#;
    let tree = tree(stack);
    let keys =
        forbidden(&tree).into_iter().map(|it| format!("{}.{}", it.service.text, it.doc.name));
    assert_eq!(keys.collect::<Vec<_>>(), ["web.extends", "db.cpuset"]);
}

/// Gives every key and value of a tree its own place, counted in the order of the text.
fn place(node: &mut Node, next: &mut usize) {
    let mut span = || {
        *next += 1;
        Span::new(SourceId::default(), *next - 1, *next)
    };
    node.place = Place::at(span());
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|it| place(it, next)),
        Value::Map(map) => {
            for entry in &mut map.entries {
                entry.key.span = Span::new(SourceId::default(), *next, *next + 1);
                *next += 1;
                place(&mut entry.node, next);
            }
        }
        _ => {}
    }
}

#[test]
fn a_mistake_is_found_where_it_stands() {
    // Places: 0 the file, 1 `services`, 3 `web`, 5 and 6 the first key and its value.
    for (service, expected, path) in [
        (r#"{"nonsense": 1}"#, (5, None), "services web"),
        (r#"{"tty": 1}"#, (6, None), "services web tty"),
        (r#"{"cap_add": ["a", "b", "a"]}"#, (9, Some(7)), "services web cap_add"),
        (r#"{"volumes": [{"source": "a"}]}"#, (7, None), "services web volumes 0"),
        (r#"{"labels": {"": 1}}"#, (7, None), "services web labels"),
        (r#"{"stop_grace_period": "x"}"#, (6, None), "services web stop_grace_period"),
    ] {
        let mut tree = tree(&format!(r#"{{"services": {{"web": {service}}}}}"#));
        place(&mut tree, &mut 0);
        let [it] = check(&tree, NEWEST, &FORMATS).try_into().expect("one mistake");
        let it: Violation = it;
        let first = match it.kind {
            ViolationKind::DuplicateItem { first, .. } => Some(first.start()),
            _ => None,
        };
        let steps = it.path.iter().map(|it| match it {
            Segment::Key(key) => key.clone(),
            Segment::Index(index) => index.to_string(),
        });
        assert_eq!((it.span.start(), first), expected, "{service}");
        assert_eq!(steps.collect::<Vec<_>>().join(" "), path);
        assert_eq!(it.place.span, it.span);
    }
}

#[test]
fn deep_trees_and_long_lists_are_no_burden() {
    let mut deep = Node::new(Value::Float(f64::NAN), Place::default());
    for _ in 0..2_000 {
        deep = Node::new(Value::List(vec![deep]), Place::default());
    }
    assert_eq!(json_problems(&deep).len(), 1);
    let ports: Vec<_> = (0..50_000).map(|it| Json::from(it % 25_000)).collect();
    let stack = serde_json::json!({ "services": { "web": { "ports": ports } } });
    assert_eq!(check(&node(stack), NEWEST, &FORMATS).len(), 25_000);
}
