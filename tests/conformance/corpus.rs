//! Real stack files with the verdicts of the real `docker stack config`. `CORPUS_DIR` names the
//! folder; without it there is nothing to compare.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use swarm_plan::source::{self, NoFiles, SourceId, Sources};
use swarm_plan::stack::model::Environment;
use swarm_plan::{stack, yaml};

use crate::conformance::Tally;

/// The folder that the files were recorded in, and its name in the recorded outputs.
const RECORDED_IN: (&str, &str) = ("/tmp/work-dir", "/work-dir");

#[test]
fn conformance_corpus() {
    let folder = std::env::var_os("CORPUS_DIR").filter(|it| !it.is_empty()).map(PathBuf::from);
    let Some(folder) = folder else { return };
    let verdicts = fs::read_to_string(folder.join("verdicts.json")).unwrap();
    let verdicts: Vec<Value> = serde_json::from_str(&verdicts).unwrap();
    let mut tally = Tally::default();
    for it in &verdicts {
        let file = it["file"].as_str().unwrap();
        let accepted = it["accepted"] == true;
        let own = config(&folder.join(file));
        tally.count("corpus: accepted or refused", file, own.is_ok() == accepted, || {
            format!("Docker: {accepted} {}, here: {:?}", it["errors"], own.as_ref().err())
        });
        let recorded = folder.join("config").join(Path::new(file).file_name().unwrap());
        let Ok(recorded) = fs::read_to_string(recorded) else { continue };
        let Ok(own) = own else { continue };
        let tree = |text: &str| yaml::parse(SourceId::default(), text);
        let same = tree(&recorded).root == tree(&own).root;
        tally.count("corpus: the same once read", file, same, || difference(&recorded, &own));
        tally.count("corpus: the same byte for byte", file, recorded == own, || {
            difference(&recorded, &own)
        });
    }
    tally.finish();
}

fn config(path: &Path) -> Result<String, String> {
    let mut sources = Sources::default();
    let text = source::decode(fs::read(path).unwrap()).unwrap();
    let file = sources.add("stack.yml", text);
    let environment = Environment::new();
    let stack = stack::load(
        &mut sources,
        &stack::Input {
            files: &[file],
            working_dir: Path::new(RECORDED_IN.0),
            environment: &environment,
            interpolate: true,
            disk: &NoFiles,
        },
    );
    stack::config_verdict(&stack.problems).map_or_else(
        || Ok(stack::show(&stack).replace(RECORDED_IN.0, RECORDED_IN.1)),
        |it| Err(it.text),
    )
}

/// The first lines that differ.
fn difference(recorded: &str, own: &str) -> String {
    let lines = recorded.lines().zip(own.lines()).enumerate();
    let first = lines.filter(|(_, (a, b))| a != b).take(3);
    let shown = |(at, (a, b))| format!("\n    {}: Docker {a:?}, here {b:?}", at + 1);
    first.map(shown).collect::<Vec<_>>().concat()
}
