//! The YAML reader against what Docker's library made of the same texts.

use std::error::Error;
use std::path::PathBuf;

use serde_json::{Value, json};
use swarm_plan::yaml::{Step, trace};

/// Where the recorded cases are.
fn conformance() -> PathBuf {
    std::env::var_os("CONFORMANCE_DIR").map_or_else(|| "fixtures/conformance".into(), PathBuf::from)
}

/// A step as the recording writes it.
fn recorded(step: &Step) -> Value {
    match step {
        Step::Document => json!(["D"]),
        Step::Map { line, column, properties, flow } => {
            json!(["{", line, column, properties, flow])
        }
        Step::MapEnd => json!(["}"]),
        Step::List { line, column, properties, flow } => {
            json!(["[", line, column, properties, flow])
        }
        Step::ListEnd => json!(["]"]),
        Step::Scalar { line, column, properties, text, tag } => {
            json!(["=", line, column, properties, text, tag])
        }
        Step::Alias { line, column } => json!(["*", line, column]),
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever measures wants the figures")]
fn conformance_yaml() -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(conformance().join("yaml/cases.json"))?;
    let cases: Vec<Value> = serde_json::from_str(&text)?;
    let mut differing = Vec::new();
    for case in &cases {
        let (steps, error) = trace(case["yaml"].as_str().ok_or("no text")?);
        let nodes: Vec<Value> = steps.iter().map(recorded).collect();
        let error = error.unwrap_or_default();
        if json!(nodes) != case["nodes"] || error != case["error"] {
            println!("{}: {}", case["id"], case["yaml"]);
            println!("  expected {} {}", case["error"], case["nodes"]);
            println!("  found    {error:?} {}", json!(nodes));
            differing.push(&case["id"]);
        }
    }
    println!("yaml: {} agreed, {} differ", cases.len() - differing.len(), differing.len());
    assert!(!cases.is_empty() && differing.is_empty(), "differing: {differing:?}");
    Ok(())
}
