//! The program where people work: baselines, continuous integration, terminals.

use std::fs;

use serde_json::Value;

use crate::cli::{BAD, GOOD, WARNED, code, command, err, folder, out, run};

#[test]
fn a_baseline_accepts_what_was_there() {
    let it = folder(&[("stack.yml", BAD), ("warned-stack.yml", WARNED), ("no.json", "{}")]);
    let path = it.path();
    let saved = run(path, &["check", "--format", "json"]);
    fs::write(path.join("base.json"), &saved.stdout).unwrap();
    let check = ["check", "--baseline", "base.json", "--format", "human"];
    let output = run(path, &check);
    let expected = "no findings in 2 stacks (2 accepted by the baseline)\n";
    assert_eq!((code(&output), out(&output)), (0, expected), "{}", err(&output));

    let more = format!("# moved\n{BAD}    imaeeg: y\n");
    fs::write(path.join("stack.yml"), more).unwrap();
    let output = run(path, &["check", "--baseline", "base.json", "--format", "short"]);
    assert_eq!((code(&output), out(&output).lines().count()), (1, 1), "{}", out(&output));
    assert!(out(&output).contains("`imaeeg`"), "{}", out(&output));

    for (file, expected) in [
        ("absent.json", "swarm-plan: cannot read absent.json: No such file or directory"),
        ("no.json", "swarm-plan: the baseline no.json is no report: missing field `schema`"),
        ("stack.yml", "swarm-plan: the baseline stack.yml is no report: expected value"),
    ] {
        let output = run(path, &["check", "--baseline", file]);
        assert_eq!(code(&output), 2);
        assert!(err(&output).starts_with(expected), "{}", err(&output));
    }
}

#[test]
fn a_document_is_written_even_when_nothing_was_found() {
    let it = folder(&[("stack.yml", GOOD)]);
    let cases = [
        ("json", "\"findings\": []"),
        ("sarif", "\"results\": []"),
        ("gitlab", "[]\n"),
        ("junit", "<testcase name=\"no findings\" classname=\"stack.yml\"/>"),
        ("checkstyle", "<checkstyle version=\"4.3\">"),
    ];
    for (format, expected) in cases {
        for quiet in [&[][..], &["-q"]] {
            let args = [&["check", "--format", format], quiet].concat();
            let output = run(it.path(), &args);
            assert_eq!(code(&output), 0);
            assert!(out(&output).contains(expected), "{format}: {}", out(&output));
        }
    }
    assert_eq!(out(&run(it.path(), &["check", "--format", "github"])), "");
}

#[test]
fn machines_are_told_paths_from_the_current_folder() {
    let it = folder(&[("a/stack.yml", BAD)]);
    let path = it.path().canonicalize().unwrap();
    let absolute = path.join("a/stack.yml");
    let prints: Vec<_> = ["a/stack.yml", "./a/stack.yml", absolute.to_str().unwrap()]
        .map(|file| {
            let output = run(&path, &["check", "--format", "gitlab", file]);
            let issues: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(issues[0]["location"]["path"], "a/stack.yml");
            issues[0]["fingerprint"].clone()
        })
        .into();
    assert!(prints.iter().all(|it| *it == prints[0]), "{prints:?}");
}

#[test]
fn no_secret_reaches_any_format() {
    let text = "services:\n  web:\n    image: x:1\n    environment:\n      \
                DB_PASSWORD: 7h3-n1ght-0w1\n      \
                # swarm-plan: ignore[secret-in-environment] it is 7h3-n1ght-0w2\n      \
                API_PASSWORD: 7h3-n1ght-0w2\n";
    let it = folder(&[("stack.yml", text)]);
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit", "checkstyle"] {
        let output = run(it.path(), &["check", "--format", format]);
        assert!(out(&output).contains("secret-in-environment"), "{format}: {}", out(&output));
        assert!(!out(&output).contains("7h3-n1ght"), "{format}: {}", out(&output));
    }
}

#[test]
fn many_files_are_told_in_the_order_of_their_paths() {
    let files: Vec<_> = (0..200).map(|at| (format!("{at:03}/stack.yml"), BAD)).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let it = folder(&files);
    let output = run(it.path(), &["check", "--format", "short"]);
    let told: Vec<_> = out(&output).lines().map(|it| it.split(':').next().unwrap()).collect();
    assert_eq!(told, files.iter().map(|it| it.0).collect::<Vec<_>>());
}

#[test]
fn verbose_counts_findings_files_and_lines() {
    let it = folder(&[("stack.yml", BAD), ("b-stack.yml", BAD), ("c-stack.yml", GOOD)]);
    let output = run(it.path(), &["check", "-v"]);
    assert!(err(&output).contains("      2  unknown-key\n"), "{}", err(&output));
    assert!(err(&output).contains("\n3 stacks, 3 files, 11 lines, "), "{}", err(&output));
}

#[test]
fn variables_say_whether_there_are_colours() {
    let it = folder(&[("stack.yml", BAD)]);
    let cases: [(&[(&str, &str)], bool); 4] = [
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "0")], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true),
    ];
    for (variables, colored) in cases {
        let mut command = command(it.path(), &["check"]);
        let output = command.envs(variables.iter().copied()).output().unwrap();
        assert_eq!(out(&output).contains('\u{1b}'), colored, "{variables:?}");
    }
}

#[test]
fn files_are_links_where_the_terminal_knows_them() {
    let it = folder(&[("a b/stack.yml", BAD)]);
    let mut command = command(it.path(), &["check", "--color", "always"]);
    let output = command.env("FORCE_HYPERLINK", "1").output().unwrap();
    let folder = it.path().canonicalize().unwrap();
    let link = format!(
        "\u{1b}]8;;file://{}/a%20b/stack.yml\u{1b}\\a b/stack.yml\u{1b}]8;;\u{1b}\\:3:5",
        folder.display()
    );
    assert!(out(&output).contains(&link), "{:?}", out(&output));
    let plain = run(it.path(), &["check", "--color", "always"]);
    assert!(!out(&plain).contains("]8;;"));
}

#[test]
fn init_writes_files_that_the_program_takes_and_overwrites_none() {
    let it = folder(&[("stack.yml", GOOD)]);
    let path = it.path();
    let output = run(path, &["init"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).starts_with("wrote ./swarm-plan.toml\nwrote ./nodes.yml\n"));
    let output = run(path, &["check", "-v"]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert!(err(&output).contains("settings: "), "{}", err(&output));
    let plan = run(path, &["plan", "-c", "stack.yml"]);
    assert_eq!(code(&plan), 0, "{}{}", out(&plan), err(&plan));

    // What is a comment is true, too.
    let text = fs::read_to_string(path.join("swarm-plan.toml")).unwrap();
    let bare = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest.to_owned(),
        _ => line.to_owned(),
    };
    let all: Vec<_> = text.lines().map(bare).collect();
    fs::write(path.join("swarm-plan.toml"), all.join("\n")).unwrap();
    let output = run(path, &["check", "lab.yml"]);
    assert!(err(&output).starts_with("swarm-plan: cannot read lab.yml"), "{}", err(&output));

    fs::write(path.join("nodes.yml"), "nodes: {}\n").unwrap();
    let output = run(path, &["init"]);
    assert!(out(&output).contains("left ./nodes.yml as it is"), "{}", out(&output));
    assert_eq!(fs::read_to_string(path.join("nodes.yml")).unwrap(), "nodes: {}\n");
    assert_eq!(code(&run(path, &["init", "absent"])), 2);
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let it = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run(it.path(), &["completions", shell]);
        for word in ["check", "explain", "baseline"] {
            assert!(out(&output).contains(word), "{shell}: no {word}");
        }
    }
    let output = run(it.path(), &["man"]);
    for word in [".TH swarm-plan 1", "\\-\\-baseline", ".SH \"EXPLAIN\""] {
        assert!(out(&output).contains(word), "{word}");
    }
    assert!(!out(&output).contains("DUMP"));
}

#[test]
fn absent_files_of_a_stack_are_shown_in_the_settings() {
    let settings = "[[stacks]]\nname = \"shop\"\nfiles = [\"stack.yml\", \"prod.yml\"]\n";
    let it = folder(&[("swarm-plan.toml", settings), ("stack.yml", GOOD), ("other.yml", GOOD)]);
    let output = run(it.path(), &["check", "stack.yml"]);
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert!(err(&output).contains("swarm-plan.toml:3:23"), "{}", err(&output));
    assert!(err(&output).contains("there is no file `prod.yml`"), "{}", err(&output));
    assert_eq!(code(&run(it.path(), &["check", "other.yml"])), 0, "it is no matter of others");
}
