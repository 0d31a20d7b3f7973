//! Fixes of real stack files. `CORPUS_DIR` names the folder; without it there is nothing to fix.

use std::fmt::Write;
use std::path::PathBuf;

use serde_json::Value;
use swarm_plan::diagnostic::{Effect, Safety};
use swarm_plan::source;
use swarm_plan::stack::config_verdict;

use crate::support::Case;

/// What Docker accepts it accepts after the safe fixes, and after all; a second run changes
/// nothing; what is sent stays where the fixes that were applied say so.
#[test]
fn corpus_files_stay_accepted_when_fixed() {
    let folder = std::env::var_os("CORPUS_DIR").filter(|it| !it.is_empty()).map(PathBuf::from);
    let Some(folder) = folder else { return };
    let verdicts = std::fs::read_to_string(folder.join("verdicts.json")).unwrap();
    let verdicts: Vec<Value> = serde_json::from_str(&verdicts).unwrap();
    let mut wrong = String::new();
    let mut counts = [0; 2];
    for it in &verdicts {
        let file = it["file"].as_str().unwrap();
        let text = source::decode(std::fs::read(folder.join(file)).unwrap()).unwrap();
        let case = Case::of(&text).all_rules();
        let before = case.check();
        let accepted = config_verdict(&before.analysis.stack.problems).is_none();
        for (at, most) in [Safety::Safe, Safety::Unsafe].into_iter().enumerate() {
            let fixed = case.fix(most);
            counts[at] += fixed.applied.len();
            if let Some(to) = std::env::var_os("FIXED_DIR") {
                let name = format!("{}.{at}.yml", file.replace('/', "_"));
                std::fs::write(
                    PathBuf::from(to).join(name),
                    &fixed.sources.all().next().unwrap().1.text,
                )
                .unwrap();
            }
            let after = case.fixed(&fixed);
            let verdict = config_verdict(&fixed.analysis.stack.problems);
            if accepted && verdict.is_some() {
                writeln!(wrong, "{file}: {verdict:?} after {:?}", fixed.applied).unwrap();
            }
            let again = after.fix(most);
            if !again.applied.is_empty() {
                writeln!(wrong, "{file}: not fixed at once: {:?}", again.applied).unwrap();
            }
            let offered = |rule: &str| {
                let all = &before.analysis.diagnostics;
                all.iter()
                    .filter(|it| it.rule == rule)
                    .filter_map(|it| it.fix.as_ref())
                    .collect::<Vec<_>>()
            };
            let keeps = |it: &swarm_plan::fix::Applied| {
                let offers = offered(it.rule);
                !offers.is_empty() && offers.iter().all(|it| it.effect == Effect::None)
            };
            if fixed.applied.iter().all(keeps) && before.analysis.specs != fixed.analysis.specs {
                writeln!(wrong, "{file}: other specs after {:?}", fixed.applied).unwrap();
            }
        }
    }
    println!(
        "corpus: {} files, {} safe fixes, {} with the others",
        verdicts.len(),
        counts[0],
        counts[1]
    );
    assert!(wrong.is_empty(), "{wrong}");
}
