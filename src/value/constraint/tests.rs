//! Recorded constraints against recorded nodes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use super::{Key, NodeFacts, Operator, Role, parse};

/// One node of the recording.
struct Node {
    texts: BTreeMap<&'static str, String>,
    role: Role,
    labels: BTreeMap<String, String>,
    engine_labels: BTreeMap<String, String>,
}

impl Node {
    fn read(node: &Value) -> Self {
        let is = |key: &str| node.get(key).and_then(Value::as_bool).unwrap_or_default();
        let text = |key: &str, default: &str| {
            node.get(key).and_then(Value::as_str).unwrap_or(default).to_owned()
        };
        let labels = |key: &str| {
            let entries = node.get(key).and_then(Value::as_object).into_iter().flatten();
            let pair =
                |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
            entries.filter_map(pair).collect::<BTreeMap<_, _>>()
        };
        let id = text("id", "");
        let (platform, described) = (!is("no_platform"), !is("no_description"));
        let given =
            |known: bool, text: String| if known && described { text } else { String::new() };
        let texts = BTreeMap::from([
            ("hostname", given(true, text("hostname", &id))),
            ("address", text("addr", "")),
            ("os", given(platform, text("os", "linux"))),
            ("arch", given(platform, text("arch", "x86_64"))),
            ("id", id),
        ]);
        let role = if text("role", "worker") == "manager" { Role::Manager } else { Role::Worker };
        let engine = !is("no_engine") && described;
        let engine_labels = if engine { labels("engine_labels") } else { BTreeMap::new() };
        Self { texts, role, labels: labels("labels"), engine_labels }
    }

    fn facts(&self) -> NodeFacts<'_> {
        NodeFacts {
            id: &self.texts["id"],
            hostname: &self.texts["hostname"],
            address: &self.texts["address"],
            role: self.role,
            os: &self.texts["os"],
            arch: &self.texts["arch"],
            labels: &self.labels,
            engine_labels: &self.engine_labels,
        }
    }
}

/// What we say of a recorded case, in the recording's own form.
fn answer(case: &Value, nodes: &[Node]) -> (bool, Option<String>, BTreeMap<String, bool>) {
    let list = case.get("exprs").and_then(Value::as_array).into_iter().flatten();
    let texts = case.get("expr").into_iter().chain(list).filter_map(Value::as_str);
    let constraints = match texts.map(parse).collect::<Result<Vec<_>, _>>() {
        Ok(constraints) => constraints,
        Err(refusal) => return (false, Some(refusal.message), BTreeMap::new()),
    };
    let meets = |node: &Node| {
        let facts = node.facts();
        (facts.id.to_owned(), constraints.iter().all(|it| it.matches(&facts)))
    };
    (true, None, nodes.iter().map(meets).collect())
}

fn recorded(case: &Value) -> (bool, Option<String>, BTreeMap<String, bool>) {
    let matches = case.get("matches").and_then(Value::as_object).into_iter().flatten();
    let matches = matches.filter_map(|(node, it)| Some((node.clone(), it.as_bool()?))).collect();
    let error = case.get("error").and_then(Value::as_str).map(str::to_owned);
    (case.get("ok").and_then(Value::as_bool).unwrap_or_default(), error, matches)
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are wanted")]
fn conformance_constraints() {
    let folder = std::env::var("CONFORMANCE_DIR").unwrap_or("fixtures/conformance".to_owned());
    let path = PathBuf::from(folder).join("constraints.json");
    let text = std::fs::read_to_string(&path).expect("recorded constraints");
    let recording: Value = serde_json::from_str(&text).expect("JSON");
    let nodes = recording.get("nodes").and_then(Value::as_array).expect("nodes");
    let nodes: Vec<Node> = nodes.iter().map(Node::read).collect();
    let cases = recording.get("vectors").and_then(Value::as_array).expect("cases");
    let differing: Vec<_> = cases.iter().filter(|it| answer(it, &nodes) != recorded(it)).collect();
    let agreed = cases.len() - differing.len();
    println!("constraints: {agreed} agreed, {} differ", differing.len());
    for case in &differing {
        println!("{case}\n  we say {:?}", answer(case, &nodes));
    }
    assert!(differing.is_empty() && agreed > 0);
}

#[test]
fn the_parts_know_their_bytes() {
    let constraint = parse("  Node.Labels.Zone !=  eu 1 ").expect("a constraint");
    assert_eq!(constraint.key, Key::NodeLabel("Zone".to_owned()));
    assert_eq!(
        (constraint.key_part.range.clone(), constraint.operator),
        (2..18, Operator::NotEqual)
    );
    assert_eq!((constraint.value.text.as_str(), constraint.value.range.clone()), ("eu 1", 23..27));
    assert_eq!(constraint.to_string(), "Node.Labels.Zone!=eu 1");
    for (text, range) in [("a b", 0..3), (" n/ == x", 1..3), ("ab == 'x' ", 6..9), ("ab== ", 5..5)]
    {
        assert_eq!(parse(text).map_err(|it| it.range), Err(range), "{text}");
    }
}

#[test]
fn some_constraints_no_node_can_meet() {
    for text in [
        "node.name==a",
        "node.labels.!=a",
        "engine.hostname!=a",
        "node.ip!=10.0.1.300",
        "node.ip==::/129",
    ] {
        let constraint = parse(text).expect(text);
        assert!(constraint.is_hopeless(), "{text}");
    }
    for text in ["node.ip==10.0.2.21/024", "node.hoſtname==a", "node.role==leader"] {
        assert!(!parse(text).expect(text).is_hopeless(), "{text}");
    }
}
