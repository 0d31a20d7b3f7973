//! `check --fix` as a user runs it: files, links, modes, standard input, differences.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const WRONG: &str =
    "services:\n  web:\n    image: nginx:1.27\n    labels: {on: true}\n    privileged: true\n";
const RIGHT: &str =
    "services:\n  web:\n    image: nginx:1.27\n    labels: {on: \"true\"}\n    privileged: true\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("stack.yml"), WRONG).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
    command.current_dir(folder).arg("check").args(args).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn files_are_fixed_in_place_and_the_rest_is_told() {
    let folder = folder();
    let file = folder.path().join("stack.yml");
    let output = run(folder.path(), &["--fix", "--format", "short"], "");
    assert_eq!(text(&file), RIGHT);
    assert_eq!(err(&output), "fixed 1 problem in 1 file; 1 more with `--unsafe-fixes`\n");
    assert!(out(&output).contains("[key-ignored]") && !out(&output).contains("[yaml-bool-value]"));
    assert_eq!(output.status.code(), Some(0));

    let output = run(folder.path(), &["--fix", "--unsafe-fixes", "--format", "short"], "");
    assert_eq!(text(&file), RIGHT.replace("    privileged: true\n", ""));
    assert_eq!(err(&output), "fixed 1 problem in 1 file\n");
    let output = run(folder.path(), &["--fix", "--unsafe-fixes", "-q"], "");
    assert_eq!((out(&output), err(&output)), ("", ""));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside");
}

#[test]
fn a_difference_changes_nothing() {
    let folder = folder();
    let output = run(folder.path(), &["--diff"], "");
    assert_eq!(text(&folder.path().join("stack.yml")), WRONG);
    let name = out(&output).lines().next().unwrap().strip_prefix("--- ").unwrap().to_owned();
    let expected = format!(
        "--- {name}\n+++ {name}\n@@ -1,5 +1,5 @@\n services:\n   web:\n     image: nginx:1.27\n\
         -    labels: {{on: true}}\n+    labels: {{on: \"true\"}}\n     privileged: true\n"
    );
    assert_eq!(out(&output), expected);
    assert_eq!(err(&output), "would fix 1 problem in 1 file; 1 more with `--unsafe-fixes`\n");
    assert_eq!(output.status.code(), Some(1));
    let output = run(folder.path(), &["--diff", "--color", "always"], "");
    assert!(out(&output).contains("\u{1b}[32m+    labels"), "{}", out(&output));
    fs::write(folder.path().join("stack.yml"), RIGHT).unwrap();
    let output = run(folder.path(), &["--diff"], "");
    assert_eq!((out(&output), output.status.code()), ("", Some(0)));
}

#[test]
fn a_difference_shows_no_secret() {
    let folder = folder();
    let text = "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: hunter2-correct-horse\n      DEBUG: true\n";
    fs::write(folder.path().join("stack.yml"), text).unwrap();
    let output = run(folder.path(), &["--diff"], "");
    assert!(out(&output).contains("POSTGRES_PASSWORD: ***"), "{}", out(&output));
    assert!(!out(&output).contains("hunter2"));
    let output = run(folder.path(), &["--diff", "--show-secrets"], "");
    assert!(out(&output).contains("hunter2"));
}

#[test]
fn standard_input_comes_back_fixed() {
    let folder = folder();
    let output = run(folder.path(), &["--fix", "-"], WRONG);
    assert_eq!(out(&output), RIGHT);
    assert!(err(&output).contains("Swarm ignores `privileged`"), "{}", err(&output));
    let output = run(folder.path(), &["--fix", "-"], "services: {}\n");
    assert_eq!(out(&output), "services: {}\n");
}

#[test]
fn unsafe_fixes_are_only_for_who_fixes() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["--unsafe-fixes"], "").status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn links_stay_links_and_modes_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    let file = folder.path().join("stack.yml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(folder.path().join("links")).unwrap();
    let link = folder.path().join("links/link.yml");
    symlink("../stack.yml", &link).unwrap();
    run(folder.path(), &["--fix", "links/link.yml"], "");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(text(&file), RIGHT);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_named_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let file = folder.path().join("stack.yml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let output = run(folder.path(), &["--fix", "stack.yml"], "");
    assert_eq!(text(&file), WRONG);
    assert!(err(&output).contains("swarm-plan: cannot fix stack.yml: the file is read-only"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn other_encodings_stay() {
    let folder = folder();
    let wide = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let file = folder.path().join("wide.yml");
    fs::write(&file, wide(WRONG)).unwrap();
    run(folder.path(), &["--fix", "wide.yml"], "");
    assert_eq!(fs::read(&file).unwrap(), wide(RIGHT));
}
