//! The settings file: what it says, and what is wrong with it.

use serde_json::Value;
use swarm_plan::diagnostic::Severity::{Error, Hint, Warning};
use swarm_plan::rule::{Check, Group, Preset, Rule};
use swarm_plan::settings::{self, Settings};
use swarm_plan::source::{Columns, Sources};

use crate::support::{read, root};

const FULL: &str = r#"
fail-on = "warning"
preset = "pedantic"
nodes = "nodes.yml"

[rules]
unknown-key = "off"
image-missing = { level = "warning", allow = ["*_KEY"] }

[[stacks]]
name = "shop"
files = ["stack.yml", "stack.prod.yml"]
env-files = ["prod.env"]

[plan]
survive = ["any-node"]
min-available = { api = 2 }

[[overrides]]
files = ["lab/**"]
rules = { image-missing = "hint", unknown-key = "error" }
"#;

fn parse(text: &str) -> Result<Settings, Vec<String>> {
    let mut sources = Sources::default();
    let id = sources.add("swarm-plan.toml", text);
    let (settings, mistakes) = settings::parse(id, text);
    let told = mistakes.into_iter().map(|it| {
        let line = sources.get(id).position(it.span.start(), Columns::Chars).line + 1;
        let part = &text[it.span.range()];
        format!("{line} {part:?}: {} ({})", it.message, it.help.unwrap_or_default())
    });
    let told: Vec<_> = told.collect();
    if told.is_empty() { Ok(settings) } else { Err(told) }
}

#[test]
fn everything_documented_is_read() {
    let settings = parse(FULL).unwrap();
    assert_eq!(settings.fail_on, Some(Warning));
    assert_eq!(settings.nodes.unwrap().value, "nodes.yml");
    assert_eq!(settings.stacks[0].name.value, "shop");
    assert_eq!(settings.stacks[0].files[1].value, "stack.prod.yml");
    assert_eq!(settings.stacks[0].env_files[0].value, "prod.env");
    assert_eq!(settings.plan.survive[0].value, "any-node");
    assert_eq!(settings.plan.min_available["api"], 2);
}

#[test]
fn levels_come_from_rules_and_later_overrides() {
    let settings = parse(FULL).unwrap();
    let usual = settings.levels(&["stack.yml"]);
    assert_eq!(usual.severity("unknown-key", Error, Error), None);
    assert_eq!(usual.severity("image-missing", Error, Error), Some(Warning));
    assert_eq!(usual.severity("wrong-type", Error, Error), Some(Error));
    assert!(usual.options("image-missing").allow.is_match("A_KEY"));

    let lab = settings.levels(&["stack.yml", "lab/a/stack.yml"]);
    assert_eq!(lab.severity("unknown-key", Error, Error), Some(Error));
    assert_eq!(lab.severity("image-missing", Error, Error), Some(Hint));
}

#[test]
fn a_rule_runs_if_the_preset_holds_it_or_a_level_is_given() {
    let rule = |id, preset| Rule {
        id,
        summary: "example",
        group: Group::Style,
        severity: Hint,
        preset,
        check: Check::Stack(|_, _| {}),
    };
    let pedantic = rule("unknown-key", Preset::Pedantic);
    let all = rule("image-missing", Preset::All);
    let run = |text: &str, preset, rule: &Rule| {
        let mut levels = parse(text).unwrap().levels(&["stack.yml"]);
        levels.preset = preset;
        !levels.is_off(rule)
    };
    for (preset, expected) in [
        (Preset::Default, [false, false]),
        (Preset::Pedantic, [true, false]),
        (Preset::All, [true; 2]),
    ] {
        assert_eq!([run("", preset, &pedantic), run("", preset, &all)], expected, "{preset:?}");
    }
    assert!(run("rules = { unknown-key = \"info\" }", Preset::Default, &pedantic));
    assert!(!run("rules = { unknown-key = \"off\" }", Preset::All, &pedantic));
    assert!(!run("rules = { unknown-key = { allow = [\"a\"] } }", Preset::Default, &pedantic));
}

#[test]
fn a_milder_finding_stays_milder() {
    let settings = parse("rules = { config-too-large = \"error\" }").unwrap();
    let levels = settings.levels(&["stack.yml"]);
    assert_eq!(levels.severity("config-too-large", Error, Warning), Some(Warning));
}

#[test]
fn mistakes_are_named_with_their_place() {
    let cases = [
        ("fail_on = \"error\"", "1 \"fail_on\": unknown key `fail_on` (did you mean `fail-on`?)"),
        (
            "[rules]\nunknown-kay = \"off\"",
            "2 \"unknown-kay\": no rule is named `unknown-kay` (did you mean `unknown-key`?)",
        ),
        (
            "rules.unknown-key = \"warn\"",
            "1 \"\\\"warn\\\"\": `warn` is none of off, hint, info, warning, error \
             (write one of off, hint, info, warning, error)",
        ),
        (
            "rules.unknown-key = \"erorr\"",
            "1 \"\\\"erorr\\\"\": `erorr` is none of off, hint, info, warning, error \
             (did you mean `error`?)",
        ),
        (
            "preset = \"pedant\"",
            "1 \"\\\"pedant\\\"\": `pedant` is none of default, pedantic, all \
             (did you mean `pedantic`?)",
        ),
        ("nodes = 3", "1 \"3\": text in quotes belongs here, not integer ()"),
        ("[[stacks]]\nname = \"a\"", "1 \"[[stacks]]\": the stack has no `files` ()"),
        (
            "[[overrides]]\nfiles = [\"a[\"]",
            "2 \"\\\"a[\\\"\": `a[` is no pattern: unclosed character class; missing ']' ()",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(text).unwrap_err(), [expected], "{text}");
    }
}

#[test]
fn a_broken_grammar_is_one_mistake() {
    assert_eq!(parse("[rules\nunknown-kay = 1\n= 2").unwrap_err().len(), 1);
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let schema = read(&root().join("schemas/settings.schema.json"));
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let cases = [
        FULL,
        "",
        "fail-on = \"never\"",
        "fial-on = \"error\"",
        "nodes = 3",
        "preset = \"all\"",
        "preset = \"most\"",
        "rules = { unknown-key = \"off\" }",
        "rules = { unknown-kay = \"off\" }",
        "rules = { unknown-key = \"loud\" }",
        "rules = { unknown-key = { level = \"off\", allow = [\"x\"] } }",
        "rules = { unknown-key = { lvl = \"off\" } }",
        "stacks = [{ name = \"a\", files = [\"b\"] }]",
        "stacks = [{ name = \"a\" }]",
        "stacks = [{ files = [\"b\"] }]",
        "stacks = [{ name = \"a\", files = [\"b\"], env-file = [] }]",
        "plan = { survive = [\"any-node\"] }",
        "plan = { min-available = { a = -1 } }",
        "overrides = [{ files = [\"a/**\"] }]",
        "overrides = [{ rules = {} }]",
    ];
    for text in cases {
        let instance: Value = toml::from_str(text).unwrap();
        assert_eq!(validator.is_valid(&instance), parse(text).is_ok(), "{text}");
    }
}
