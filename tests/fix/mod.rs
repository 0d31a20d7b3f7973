//! Fixes do what they say, once, and keep every other byte.

mod command;
mod corpus;
mod shared;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use swarm_plan::diagnostic::{Safety, Severity};
use swarm_plan::fix::Fixed;
use swarm_plan::output::write_diff;
use swarm_plan::rule::Preset;
use swarm_plan::rules;

use crate::support::{Case, examples, expect_file, root, rule_fixtures};

/// Every fixture of a rule and every example of its page, by name.
fn cases() -> Vec<(String, Case)> {
    let paths = rule_fixtures();
    let fixture =
        |it: &PathBuf| (it.file_stem().unwrap().to_str().unwrap().to_owned(), Case::fixture(it));
    let mut cases: Vec<_> = paths.iter().map(fixture).collect();
    for entry in rules::ALL {
        for (at, example) in examples(&entry.documentation()).into_iter().enumerate() {
            cases.push((format!("example {} of {}", at + 1, entry.rule.id), example.case));
        }
    }
    cases
}

/// What a fix changed in the stack's files.
fn difference(case: &Case, fixed: &Fixed) -> String {
    let mut out = termcolor::NoColor::new(Vec::new());
    for ((name, old), (_, new)) in case.files.iter().zip(fixed.sources.all()) {
        if *old != new.text {
            write_diff(name, old, &new.text, &mut out).unwrap();
        }
    }
    String::from_utf8(out.into_inner()).unwrap()
}

/// `fixtures/fixed` holds what the fixes of each fixture change: the safe ones, and all. Matters of
/// taste are fixed only where the fixture is about one.
#[test]
fn fixtures_are_fixed_as_recorded() {
    let mut expected = BTreeSet::new();
    for (name, case) in cases().into_iter().filter(|it| !it.0.starts_with("example")) {
        let is_taste = |it: &rules::Entry| it.rule.preset == Preset::All;
        let taste = rules::find(&name.replace('_', "-")).is_some_and(is_taste);
        let preset = if taste { Preset::All } else { Preset::Pedantic };
        let case = Case { preset, ..case };
        let safe = difference(&case, &case.fix(Safety::Safe));
        let all = difference(&case, &case.fix(Safety::Unsafe));
        if !safe.is_empty() {
            expect_file(&format!("fixtures/fixed/{name}.safe.diff"), &safe);
            expected.insert(format!("{name}.safe.diff"));
        }
        if all != safe {
            expect_file(&format!("fixtures/fixed/{name}.unsafe.diff"), &all);
            expected.insert(format!("{name}.unsafe.diff"));
        }
    }
    let there = std::fs::read_dir(root().join("fixtures/fixed")).unwrap();
    let there: BTreeSet<_> =
        there.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, expected, "remove from fixtures/fixed what nothing fixes any more");
}

#[test]
fn fixed_texts_have_nothing_left_to_fix_and_no_new_error() {
    let mut wrong = String::new();
    for (name, case) in cases() {
        let case = case.all_rules();
        let before = case.check();
        for most in [Safety::Safe, Safety::Unsafe] {
            let fixed = case.fix(most);
            let again = case.fixed(&fixed).fix(most);
            if !again.applied.is_empty() {
                writeln!(wrong, "\n{name}: not fixed at once: {:?}", again.applied).unwrap();
            }
            let errors = |it: &[swarm_plan::diagnostic::Diagnostic]| -> BTreeSet<_> {
                let errors = it.iter().filter(|it| it.severity == Severity::Error);
                errors.map(|it| (it.rule, it.message.clone())).collect()
            };
            let old = errors(&before.analysis.diagnostics);
            let new = errors(&fixed.analysis.diagnostics);
            for it in new.difference(&old).filter(|it| !REVEALED.contains(&it.0)) {
                writeln!(wrong, "\n{name}: a new error after {:?}: {it:?}", fixed.applied).unwrap();
            }
            for it in fixed
                .analysis
                .diagnostics
                .iter()
                .filter(|it| it.notes.iter().any(|it| it.starts_with("not fixed")))
            {
                writeln!(wrong, "\n{name}: {}: {:?}", it.rule, it.notes).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Rules about what Docker looks at only after it took the rest of the file.
const REVEALED: &[&str] = &["env-file-missing"];

#[test]
fn every_fix_of_a_fixture_is_applied() {
    let mut offered = BTreeSet::new();
    let mut applied = BTreeSet::new();
    for (_, case) in cases() {
        let case = case.all_rules();
        let found = case.check().analysis.diagnostics;
        offered.extend(found.iter().filter(|it| it.fix.is_some()).map(|it| it.rule));
        for most in [Safety::Safe, Safety::Unsafe] {
            applied.extend(case.fix(most).applied.iter().map(|it| it.rule));
        }
    }
    let missing: Vec<_> = offered.difference(&applied).collect();
    assert!(missing.is_empty(), "never applied: {missing:?}");
    assert!(applied.len() >= 30, "{applied:?}");
}

/// Fixing what Windows wrote gives what Windows would have written of the fixed text.
#[test]
fn line_breaks_and_the_byte_order_mark_stay() {
    let windows = |text: &str| {
        format!("\u{feff}{}", text.trim_start_matches('\u{feff}').replace('\n', "\r\n"))
    };
    for (name, case) in cases() {
        let case = case.all_rules();
        let mut theirs = case.clone();
        for file in &mut theirs.files {
            file.1 = windows(&file.1);
        }
        for most in [Safety::Safe, Safety::Unsafe] {
            let ours = case.fixed(&case.fix(most));
            let theirs = theirs.fixed(&theirs.fix(most));
            for (own, other) in ours.files.iter().zip(&theirs.files) {
                assert_eq!(windows(&own.1), other.1, "{name}");
            }
        }
    }
}
