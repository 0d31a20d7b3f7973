//! The program as a user runs it: exit codes, bad input, files that are found.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use swarm_plan::rule::Preset;
use swarm_plan::rules;
use tempfile::TempDir;

use crate::support::{read, root};

pub(crate) const GOOD: &str = "services:\n  web:\n    image: nginx:1.27\n";
pub(crate) const BAD: &str = "services:\n  web:\n    imaeg: nginx:1.27\n    image: nginx:1.27\n";
pub(crate) const WARNED: &str = "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n";

/// A folder with files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
    command.current_dir(folder).args(args).env_clear().stdin(Stdio::null());
    command
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

pub(crate) fn with_input(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = command(folder, args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub(crate) fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// The paths and rules of the findings.
pub(crate) fn findings(folder: &Path, args: &[&str]) -> Vec<(String, String)> {
    let args: Vec<_> = ["check", "--format", "json"].iter().chain(args).copied().collect();
    let output = run(folder, &args);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}", err(&output));
    });
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let all = json["findings"].as_array().unwrap();
    all.iter().map(|it| (text(&it["path"]), text(&it["rule"]))).collect()
}

#[test]
fn exit_codes_say_clean_findings_or_failure() {
    let it = folder(&[("good.yml", GOOD), ("bad.yml", BAD), ("warned.yml", WARNED)]);
    let cases: &[(&[&str], i32)] = &[
        (&["check", "good.yml"], 0),
        (&["check", "bad.yml"], 1),
        (&["check", "good.yml", "bad.yml"], 1),
        (&["check", "-c", "bad.yml"], 1),
        (&["check", "warned.yml"], 0),
        (&["check", "warned.yml", "--fail-on", "warning"], 1),
        (&["check", "warned.yml", "--fail-on", "error"], 0),
        (&["check", "absent.yml"], 2),
        (&["check", "good.yml", "absent.yml"], 2),
        (&["check", "bad.yml", "-c", "good.yml"], 2),
        (&["check", "--format", "xml", "good.yml"], 2),
        (&["check"], 2),
        (&["chekc"], 2),
        (&[], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["rules"], 0),
        (&["rules", "unknown-key"], 0),
        (&["rules", "unknown-kay"], 2),
        (&["schema"], 0),
        (&["schema", "check"], 0),
        (&["schema", "chekc"], 2),
        (&["dump", "tree", "good.yml"], 0),
        (&["dump", "stack", "bad.yml"], 0),
    ];
    for (args, expected) in cases {
        let output = run(it.path(), args);
        assert_eq!(code(&output), *expected, "{args:?}\n{}{}", out(&output), err(&output));
        let (printed, complained) = (!out(&output).is_empty(), !err(&output).is_empty());
        assert!(printed || complained, "{args:?} says nothing");
        assert_eq!(complained, *expected == 2, "{args:?} {}", err(&output));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let it = folder(&[("bad.yml", BAD), ("empty.yml", "")]);
    let path = it.path();
    fs::write(path.join("binary.yml"), b"\x7fELF\0\x01").unwrap();
    fs::write(path.join("latin1.yml"), b"services:\n  web: {image: \xe4}\n").unwrap();
    fs::write(path.join("odd.yml"), b"\xff\xfea\0\0").unwrap();
    assert!(Command::new("mkfifo").arg(path.join("pipe.yml")).status().unwrap().success());
    let cases = [
        ("absent.yml", "cannot read absent.yml: No such file or directory"),
        ("binary.yml", "cannot read binary.yml: it holds the byte 0 at 4 and looks like a binary"),
        ("latin1.yml", "cannot read latin1.yml: byte 25 (line 2) is not UTF-8"),
        ("odd.yml", "cannot read odd.yml: it begins like UTF-16, and byte 4 is not"),
        ("pipe.yml", "cannot read pipe.yml: not a regular file (use `-` to read standard input)"),
        ("/dev/zero", "cannot read /dev/zero: not a regular file"),
        ("bad.yml/x", "cannot read bad.yml/x: Not a directory"),
    ];
    for (name, expected) in cases {
        let output = run(path, &["check", "--format", "short", name, "bad.yml"]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(err(&output).starts_with(&format!("swarm-plan: {expected}")), "{}", err(&output));
        assert!(out(&output).contains("bad.yml:3:5: error"), "{name}: {}", out(&output));
    }
    let folder = run(path, &["check", "-c", "."]);
    assert_eq!((code(&folder), err(&folder)), (2, "swarm-plan: cannot read .: is a directory\n"));
    assert_eq!(findings(path, &["empty.yml"]), [pair("empty.yml", "not-a-mapping")]);
}

#[test]
fn too_large_a_file_is_refused_unread() {
    let it = folder(&[]);
    let file = fs::File::create(it.path().join("huge.yml")).unwrap();
    file.set_len(65 << 20).unwrap();
    let output = run(it.path(), &["check", "huge.yml"]);
    let expected = "swarm-plan: cannot read huge.yml: larger than the 64 MiB that are read\n";
    assert_eq!((code(&output), err(&output)), (2, expected));
}

#[test]
fn utf_16_is_read_as_docker_reads_it() {
    let it = folder(&[]);
    let units = std::iter::once(0xfeff).chain(BAD.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    fs::write(it.path().join("stack.yml"), bytes).unwrap();
    assert_eq!(findings(it.path(), &["stack.yml"]), [pair("stack.yml", "unknown-key")]);
}

#[test]
fn standard_input_is_a_file_named_minus() {
    let it = folder(&[("base.yml", GOOD)]);
    let output = with_input(it.path(), &["check", "-", "--format", "short"], BAD.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).starts_with("<stdin>:3:5: error: unknown key `imaeg`"),
        "{}",
        out(&output)
    );
    let merged = ["check", "-c", "base.yml", "-c", "-", "--format", "short"];
    let output = with_input(it.path(), &merged, BAD.as_bytes());
    assert!(out(&output).contains("<stdin>:3:5"), "{}", out(&output));
    let output = with_input(it.path(), &["check", "-"], b"\xc3");
    assert_eq!(err(&output), "swarm-plan: cannot read -: byte 0 (line 1) is not UTF-8\n");
}

#[test]
fn stack_files_are_found_below_a_folder() {
    let compose = "services:\n  web:\n    image: x:1.0\n    deplyo: {}\n    deploy: {}\n";
    let it = folder(&[
        ("stack.yml", BAD),
        ("a/stack.yaml", BAD),
        ("a/shop.stack.yml", BAD),
        ("a/shop-stack.yml", BAD),
        ("a/docker-stack.prod.yml", BAD),
        ("b/compose.yml", compose),
        ("c/docker-compose.yml", compose),
        ("d/compose.yaml", BAD),
        ("d/other.yml", BAD),
        ("d/stack.yml", "volumes: {}\n"),
        (".hidden/stack.yml", BAD),
        ("ignored/stack.yml", BAD),
        (".gitignore", "ignored/\n"),
    ]);
    std::os::unix::fs::symlink("stack.yml", it.path().join("link-stack.yml")).unwrap();
    let expected = [
        "a/docker-stack.prod.yml",
        "a/shop-stack.yml",
        "a/shop.stack.yml",
        "a/stack.yaml",
        "b/compose.yml",
        "c/docker-compose.yml",
        "stack.yml",
    ];
    let found = findings(it.path(), &[]);
    assert_eq!(found.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), expected);
    assert_eq!(findings(it.path(), &["a"]).len(), 4);
    assert_eq!(findings(it.path(), &["d/other.yml"]).len(), 1, "a named file is always checked");
    assert_eq!(findings(it.path(), &["link-stack.yml"]).len(), 1, "even through a link");

    let output = run(it.path(), &["check", "-v"]);
    assert!(err(&output).contains("skipped d/stack.yml: no `services`"), "{}", err(&output));
}

#[test]
fn settings_apply_from_the_nearest_file_up_to_the_repository() {
    let it = folder(&[
        ("swarm-plan.toml", "[rules]\nunknown-key = \"off\"\n"),
        ("a/b/stack.yml", BAD),
        ("repository/.git/HEAD", ""),
        ("repository/a/stack.yml", BAD),
        ("loud.toml", "fail-on = \"warning\"\n[rules]\nunknown-key = \"warning\"\n"),
    ]);
    assert!(findings(it.path(), &["a/b/stack.yml"]).is_empty());
    assert!(findings(&it.path().join("a/b"), &["stack.yml"]).is_empty());
    assert_eq!(findings(it.path(), &["repository/a/stack.yml"]).len(), 1);

    let file = "a/b/stack.yml";
    let loud = run(it.path(), &["check", file, "--settings", "loud.toml", "--format", "short"]);
    assert_eq!((code(&loud), out(&loud).contains(": warning: ")), (1, true), "{}", out(&loud));
    let strict = ["check", file, "--settings", "loud.toml", "--fail-on", "error"];
    assert_eq!(code(&run(it.path(), &strict)), 0, "the option wins");
    assert_eq!(code(&run(it.path(), &["check", file, "--settings", "absent.toml"])), 2);
}

#[test]
fn overrides_follow_the_path_from_the_settings() {
    let settings = "[[overrides]]\nfiles = [\"lab/**\"]\nrules = { unknown-key = \"off\" }\n";
    let it =
        folder(&[("swarm-plan.toml", settings), ("lab/x/stack.yml", BAD), ("prod/stack.yml", BAD)]);
    assert_eq!(findings(it.path(), &[]), [pair("prod/stack.yml", "unknown-key")]);
    assert!(findings(&it.path().join("lab/x"), &["stack.yml"]).is_empty());
}

#[test]
fn settings_group_files_into_one_stack() {
    let settings = "[[stacks]]\nname = \"shop\"\nfiles = [\"base.yml\", \"stack.prod.yml\"]\n\
                    env-files = [\"prod.env\"]\n";
    let it = folder(&[
        ("swarm-plan.toml", settings),
        ("base.yml", "services:\n  web:\n    image: nginx:${TAG:?}\n"),
        ("stack.prod.yml", "services:\n  web:\n    deploy: {endpoint_mode: vip}\n"),
        ("prod.env", "TAG=1.27\n"),
    ]);
    for args in [&[][..], &["base.yml"], &["stack.prod.yml"], &["stack.prod.yml", "base.yml"]] {
        let all: Vec<_> = ["check"].iter().chain(args).copied().collect();
        let output = run(it.path(), &all);
        assert_eq!(out(&output), "no findings in 1 stack\n", "{args:?} {}", err(&output));
    }
    let alone = findings(it.path(), &["-c", "base.yml"]);
    assert_eq!(alone, [pair("base.yml", "required-variable-missing")]);
}

#[test]
fn mistakes_in_the_settings_are_shown_in_place() {
    let it = folder(&[("swarm-plan.toml", "fial-on = \"error\"\n"), ("stack.yml", GOOD)]);
    let output = run(it.path(), &["check"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("unknown key `fial-on`"), "{}", err(&output));
    assert!(err(&output).contains("swarm-plan.toml:1:1"), "{}", err(&output));
    assert!(err(&output).contains("did you mean `fail-on`?"), "{}", err(&output));
    assert_eq!(out(&output), "");
}

#[test]
fn variables_come_from_the_shell_and_then_from_env_files() {
    let text = "services:\n  web:\n    image: nginx:${TAG:?}\n    hostname: ${NAME:?}\n";
    let it = folder(&[("stack.yml", text), ("a.env", "TAG=Upper case\nNAME=x\n")]);
    let mut command = command(it.path(), &["check", "stack.yml", "--env-file", "a.env"]);
    let output = command.env("TAG", "1.27").output().unwrap();
    assert_eq!((code(&output), out(&output)), (0, "no findings in 1 stack\n"));
    fs::write(it.path().join("a.env"), "A=1\nno equals sign\n").unwrap();
    let output = run(it.path(), &["check", "stack.yml", "--env-file", "a.env"]);
    assert_eq!((code(&output), err(&output)), (2, "swarm-plan: a.env:2: expected `NAME=value`\n"));
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let it = folder(&[("stack.yml", BAD)]);
    assert!(!out(&run(it.path(), &["check"])).contains('\u{1b}'));
    assert!(out(&run(it.path(), &["check", "--color", "always"])).contains('\u{1b}'));
    assert!(!out(&run(it.path(), &["check", "--color", "never"])).contains('\u{1b}'));
}

#[test]
fn quiet_says_only_what_fails_the_run() {
    let it = folder(&[("warned.yml", WARNED), ("bad.yml", BAD)]);
    let output = run(it.path(), &["check", "-q", "warned.yml"]);
    assert_eq!((code(&output), out(&output), err(&output)), (0, "", ""));
    let output = run(it.path(), &["check", "-q", "--format", "short", "warned.yml", "bad.yml"]);
    assert_eq!((code(&output), out(&output).lines().count()), (1, 1));
}

#[test]
fn the_value_of_a_secret_is_not_shown() {
    let flow = "services: {web: {imaeg: x, image: y, environment: {DB_PASSWORD: 7h3-n1ght-0w1}}}\n";
    let it = folder(&[("stack.yml", flow)]);
    let masked = run(it.path(), &["check"]);
    assert!(out(&masked).contains("DB_PASSWORD: *************}"), "{}", out(&masked));
    let shown = run(it.path(), &["check", "--show-secrets"]);
    assert!(out(&shown).contains("DB_PASSWORD: 7h3-n1ght-0w1}"), "{}", out(&shown));
    let between = "services:\n  web:\n    image: x\n    environment:\n      A: 1\n      \
                   DB_PASSWORD: 7h3-n1ght-0w1\n      A: 2\n";
    fs::write(it.path().join("between.yml"), between).unwrap();
    let masked = run(it.path(), &["check", "between.yml"]);
    assert!(out(&masked).contains("DB_PASSWORD: *************\n"), "{}", out(&masked));
    for format in ["short", "json"] {
        assert!(!out(&run(it.path(), &["check", "--format", format])).contains("7h3"));
    }
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let it = folder(&[("stack.yml", BAD)]);
    let mut command = command(it.path(), &["check"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output)), (1, ""));
}

#[test]
fn a_full_disk_is_an_error() {
    let it = folder(&[("stack.yml", BAD)]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(it.path(), &["check"]).stdout(full).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(err(&output).starts_with("swarm-plan: cannot write: "), "{}", err(&output));
}

#[test]
fn config_prints_what_docker_prints() {
    let it = folder(&[("stack.yml", GOOD), ("bad.yml", BAD), ("nameless.yml", "a: 1\n")]);
    let output = run(it.path(), &["config", "-c", "stack.yml"]);
    let expected = "version: \"3.13\"\nservices:\n  web:\n    image: nginx:1.27\n";
    assert_eq!((code(&output), out(&output)), (0, expected));
    let output = run(it.path(), &["config", "-c", "bad.yml"]);
    let expected = "swarm-plan: services.web Additional property imaeg is not allowed\n";
    assert_eq!((code(&output), err(&output), out(&output)), (1, expected, ""));
    assert_eq!(code(&run(it.path(), &["config"])), 2);
}

#[test]
fn specs_are_printed_in_the_form_of_the_engine() {
    let it = folder(&[("stack.yml", GOOD), ("bad.yml", BAD)]);
    let output = run(it.path(), &["specs", "-c", "stack.yml", "-s", "shop"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema"], "swarm-plan/specs/1");
    assert_eq!(json["services"]["web"]["Name"], "shop_web");
    assert_eq!(json["networks"]["shop_default"]["Driver"], "overlay");
    assert_eq!(code(&run(it.path(), &["specs", "-c", "bad.yml"])), 1);
}

#[test]
fn a_stack_needs_a_name() {
    let it = folder(&[("stack.yml", GOOD)]);
    let found = findings(it.path(), &["-c", "stack.yml", "-s", " "]);
    assert_eq!(found, [pair("stack.yml", "stack-name-invalid")]);
}

#[test]
fn deep_and_hostile_texts_end_with_an_answer() {
    let it = folder(&[]);
    let texts = [
        "[".repeat(100_000),
        "{a: ".repeat(20_000),
        "- ".repeat(50_000),
        "a:\n".repeat(20_000),
        format!("services: {}", "{a: ".repeat(5_000)),
        format!("a: &a [{}]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n", "x, ".repeat(10_000)),
        "\"".repeat(100_000),
        "x".repeat(1 << 20),
        format!("{}: 1", "k".repeat(1 << 20)),
        "# swarm-plan: ignore[a]\n".repeat(20_000),
        "${".repeat(100_000),
    ];
    for text in texts {
        let output = with_input(it.path(), &["check", "-", "--format", "short"], text.as_bytes());
        assert_eq!(code(&output), 1, "{:.40}: {:.300}", text, err(&output));
        assert!(output.stdout.len() < 4 << 20, "{:.40}: {}", text, output.stdout.len());
    }
}

#[test]
fn each_rule_is_listed_and_has_its_page() {
    let it = folder(&[]);
    let list = run(it.path(), &["rules"]);
    let json = run(it.path(), &["rules", "--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    for (entry, row) in rules::ALL.iter().zip(json["rules"].as_array().unwrap()) {
        let (rule, page) = (entry.rule, entry.documentation());
        let line = out(&list).lines().find(|it| it.split_whitespace().next() == Some(rule.id));
        assert!(line.is_some_and(|it| it.ends_with(rule.summary)), "{}: {line:?}", rule.id);
        assert_eq!(row["id"], rule.id);
        assert_eq!(row["preset"], rule.preset.word());
        assert_eq!(row["documentation"], page);
    }
    for id in ["single-manager", "node-service-port"] {
        let rule = rules::find(id).unwrap();
        let output = run(it.path(), &["rules", id]);
        assert!(out(&output).ends_with(&rule.documentation()), "{}", out(&output));
        let says_so = out(&output).contains("with the preset pedantic");
        assert_eq!(says_so, rule.rule.preset == Preset::Pedantic, "{}", out(&output));
    }
}

#[test]
fn help_fits_a_page() {
    let it = folder(&[]);
    for args in [&["--help"][..], &["check", "--help"], &["rules"]] {
        let output = run(it.path(), args);
        let most = out(&output).lines().map(|it| it.chars().count()).max().unwrap();
        assert!(most <= 100, "{args:?}: {most} columns\n{}", out(&output));
    }
}

fn pair(path: &str, rule: &str) -> (String, String) {
    (path.to_owned(), rule.to_owned())
}

/// Blocks of the README that begin with a command of ours show a part of what it prints.
#[test]
fn the_readme_shows_what_is_printed() {
    let text = read(&root().join("README.md"));
    let mut shown = 0;
    for block in text.split("```console\n$ swarm-plan ").skip(1) {
        let (block, _) = block.split_once("\n```").unwrap();
        let (command, output) = block.split_once('\n').unwrap();
        let printed = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
            .current_dir(root())
            .args(command.split(' '))
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        let mut rest = printed.as_str();
        for paragraph in output.split("\n\n") {
            let found = rest.find(paragraph);
            assert!(found.is_some(), "swarm-plan {command} prints no such text:\n{paragraph}");
            rest = &rest[found.unwrap_or_default()..];
        }
        shown += 1;
    }
    assert!(shown > 5, "{shown}");
}
