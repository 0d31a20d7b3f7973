//! Whatever the files hold or are, the program ends with a clear answer: exit code 0, 1 or 2.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Case, formats_of, report};
use swarm_plan::diagnostic::Severity;
use swarm_plan::found::MOST;
use swarm_plan::output::Format;

const GOOD: &str = "services:\n  web:\n    image: nginx:1.27\n";
const BAD: &str = "services:\n  web:\n    imaeg: nginx:1.27\n    image: nginx:1.27\n";

/// No test takes nearly as long; a program that hangs does.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a run of the program came to.
#[derive(Debug)]
struct Done {
    code: i32,
    out: String,
    err: String,
    /// The most memory it had, in MiB; 0 where the system does not tell.
    peak: u64,
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
    command.current_dir(folder).args(args).env_clear().stdin(Stdio::null());
    command
}

/// Runs a command to its end, and ends it when it hangs.
fn finish(mut command: Command) -> Done {
    let (mut out, mut err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    command.stdout(out.try_clone().unwrap()).stderr(err.try_clone().unwrap());
    let mut child = command.spawn().unwrap();
    let (code, peak) = wait(&mut child);
    let text = |file: &mut File| {
        file.rewind().unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("the output is a text")
    };
    Done { code, out: text(&mut out), err: text(&mut err), peak }
}

fn wait(child: &mut Child) -> (i32, u64) {
    let start = Instant::now();
    let mut peak = 0;
    loop {
        peak = memory(child.id()).unwrap_or_default().max(peak);
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code().expect("the program was killed"), peak);
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("the program hangs");
        }
        sleep(Duration::from_millis(5));
    }
}

/// The most memory that a running process had, in MiB.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|it| it / 1024)
}

/// Checks in one format: an exit code that means something, and nothing that a terminal obeys.
fn check_as(format: &str, folder: &Path, args: &[&str]) -> Done {
    let done = finish(command(folder, &[&["check", "--format", format], args].concat()));
    assert!((0..=2).contains(&done.code), "{args:?} {done:?}");
    assert!(!done.err.contains("internal error"), "{args:?} {}", done.err);
    assert!(done.err.chars().all(is_harmless), "{args:?} {:?}", done.err);
    let is_for_people = ["human", "short"].contains(&format);
    let allowed = |c: char| is_harmless(c) || (!is_for_people && !c.is_control());
    assert!(done.out.chars().all(allowed), "{format} {args:?} {:?}", done.out);
    done
}

/// Checks in the short form.
fn short(folder: &Path, args: &[&str]) -> Done {
    check_as("short", folder, args)
}

/// Checks in every format: the same exit code each time, and as many findings in JSON as there are
/// lines in the short form, which comes back.
fn check(folder: &Path, args: &[&str]) -> Done {
    let short = short(folder, args);
    for format in formats_of("check").iter().filter(|it| *it != "short") {
        let done = check_as(format, folder, args);
        assert_eq!(done.code, short.code, "{format} {args:?}");
        if format == "json" && !done.out.is_empty() {
            let json: Value = serde_json::from_str(&done.out).expect("the output is JSON");
            let findings = json["findings"].as_array().unwrap().len();
            assert_eq!(findings, short.out.lines().count(), "{args:?} {}", short.out);
        }
    }
    short
}

fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c == '\n' || !(c.is_control() || turns)
}

#[test]
fn the_encoding_of_a_text_changes_nothing() {
    let plain = folder(&[("stack.yml", BAD)]);
    let expected = check(plain.path(), &["stack.yml"]);
    assert_eq!(expected.code, 1);
    assert!(expected.out.starts_with("stack.yml:3:5: error: unknown key `imaeg`"));
    let wide = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(BAD.encode_utf16());
        units.flat_map(to_bytes).collect()
    };
    let lines = BAD.replace('\n', "\r\n");
    for bytes in [
        format!("\u{feff}{BAD}").into_bytes(),
        lines.clone().into_bytes(),
        format!("\u{feff}{lines}").into_bytes(),
        BAD.trim_end().as_bytes().to_vec(),
        wide(u16::to_be_bytes),
    ] {
        fs::write(plain.path().join("stack.yml"), &bytes).unwrap();
        assert_eq!(check(plain.path(), &["stack.yml"]).out, expected.out, "{bytes:?}");
    }
}

#[test]
fn a_text_without_a_mapping_is_named() {
    let it = folder(&[]);
    for text in ["\n \n", "# nothing\n", "\u{feff}", "---\n", "null\n", "--- ~\n...\n", "[]\n", "x"]
    {
        fs::write(it.path().join("stack.yml"), text).unwrap();
        let done = check(it.path(), &["stack.yml"]);
        assert_eq!(done.code, 1, "{text:?}");
        assert!(done.out.contains("[not-a-mapping]"), "{text:?} {}", done.out);
    }
}

#[test]
fn what_may_not_be_read_is_named() {
    let it = folder(&[("stack.yml", GOOD)]);
    let path = it.path().join("stack.yml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&path).is_ok() {
        // An administrator may read everything.
        return;
    }
    let done = check(it.path(), &["stack.yml"]);
    let expected = "swarm-plan: cannot read stack.yml: Permission denied";
    assert!(done.code == 2 && done.err.starts_with(expected), "{done:?}");
}

/// A folder with all kinds of files but good ones; `../outside` of it is a good one.
fn zoo() -> (TempDir, std::path::PathBuf) {
    let outer = folder(&[("outside", "A=1\n")]);
    let inner = outer.path().join("inner");
    fs::create_dir_all(inner.join("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(inner.join("pipe")).status().unwrap().success());
    for (name, target) in
        [("loop", "pool"), ("pool", "loop"), ("dangling", "nowhere"), ("link", "../outside")]
    {
        symlink(target, inner.join(name)).unwrap();
    }
    fs::write(inner.join("line"), "x".repeat(2 << 20)).unwrap();
    fs::write(inner.join("lines"), "A=0123456789abcdefghi\n".repeat(50_000)).unwrap();
    fs::write(inner.join("empty"), "").unwrap();
    fs::write(inner.join("binary"), b"A=\xff\0\n").unwrap();
    (outer, inner)
}

#[test]
fn odd_files_beside_a_stack_are_findings_and_never_block() {
    let (_outer, folder) = zoo();
    let env_file = "services:\n  web:\n    image: nginx:1.27\n    env_file: \"FILE\"\n";
    let object = "OBJECTs:\n  a:\n    file: \"FILE\"\nservices:\n  web:\n    image: nginx:1.27\n    \
                  OBJECTs: [a]\n";
    let cases: &[(&str, &str, &str)] = &[
        ("absent", "does not exist", "does not exist"),
        ("folder", "is a directory", "is a directory"),
        ("pipe", "is not a regular file", "is not a regular file"),
        ("loop", "cannot be read", "cannot be read"),
        ("dangling", "does not exist", "does not exist"),
        ("link", "", ""),
        ("../outside", "", ""),
        ("../../../../../../../../../dev/zero", "is not a regular file", "is not a regular file"),
        ("/dev/zero", "is not a regular file", "is not a regular file"),
        ("/dev/stdin", "is not a regular file", "is not a regular file"),
        ("/dev/null", "", "is empty"),
        ("empty", "", "is empty"),
        ("empty/x", "cannot be read", "cannot be read"),
        ("line", "the line is longer than the 64 KiB", "has 2097152 bytes"),
        ("lines", "", "has 1100000 bytes"),
        ("binary", "the line is not UTF-8", ""),
        ("", "is a directory", "is a directory"),
        (r"\0", "cannot be read", "cannot be read"),
        (r"a\e[31m\nb", "does not exist", "does not exist"),
    ];
    for (file, of_env_file, of_object) in cases {
        let texts = [
            (env_file.to_owned(), of_env_file, 4),
            (object.replace("OBJECT", "config"), of_object, 3),
            (object.replace("OBJECT", "secret"), of_object, 3),
        ];
        for (text, expected, line) in texts {
            fs::write(folder.join("stack.yml"), text.replace("FILE", file)).unwrap();
            let done = short(&folder, &["stack.yml"]);
            if expected.is_empty() {
                assert_eq!((done.code, done.out.as_str()), (0, ""), "{file}: {text}");
                continue;
            }
            assert_eq!(done.code, 1, "{file}: {text}{done:?}");
            let place = format!("stack.yml:{line}:");
            let found = done.out.starts_with(&place) && done.out.contains(expected);
            assert!(found, "{file}: {text}{}", done.out);
            assert_eq!(done.out.lines().count(), 1, "{file}: {text}{}", done.out);
            assert!(done.peak < 512, "{file}: {} MiB", done.peak);
        }
    }
}

#[test]
fn docker_is_quoted_only_on_what_it_says() {
    let (_outer, folder) = zoo();
    for (file, quoted) in [("absent", true), ("loop", true), ("pipe", false), ("/dev/zero", false)]
    {
        for text in [
            format!("services:\n  web:\n    image: nginx:1.27\n    env_file: {file}\n"),
            format!("{GOOD}configs: {{a: {{file: {file}}}}}\n"),
        ] {
            fs::write(folder.join("stack.yml"), text).unwrap();
            let done = finish(command(&folder, &["check", "stack.yml"]));
            let tells = done.out.contains("Docker says: open /");
            assert_eq!((done.code, tells), (1, quoted), "{file}: {}", done.out);
        }
    }
}

#[test]
fn odd_files_on_the_command_line_are_errors_and_never_block() {
    let (_outer, folder) = zoo();
    fs::write(folder.join("stack.yml"), GOOD).unwrap();
    let cases = [
        ("absent", "No such file or directory"),
        ("folder", "is a directory"),
        ("pipe", "not a regular file\n"),
        ("loop", "Too many levels of symbolic links"),
        ("dangling", "No such file or directory"),
        ("/dev/zero", "not a regular file\n"),
        ("empty/x", "Not a directory"),
        ("binary", "it holds the byte 0 at 3 and looks like a binary file"),
        ("a\u{1b}[31m\nb", "No such file or directory"),
    ];
    for (file, expected) in cases {
        for option in ["--env-file", "--settings"] {
            let done = short(&folder, &["stack.yml", option, file]);
            assert_eq!(done.code, 2, "{option} {file}: {done:?}");
            let found = done.err.starts_with("swarm-plan: cannot read ")
                && done.err.contains(expected)
                && done.err.lines().count() == 1;
            assert!(found, "{option} {file}: {}", done.err);
        }
    }
    let done = short(&folder, &["stack.yml", "--env-file", "line"]);
    assert_eq!((done.code, done.err.as_str()), (2, "swarm-plan: line:1: expected `NAME=value`\n"));
    for args in [&["loop"][..], &["-c", "loop"], &["-c", "stack.yml", "-c", "loop"]] {
        let done = short(&folder, args);
        let expected = "swarm-plan: cannot read loop: Too many levels of symbolic links";
        assert!(done.code == 2 && done.err.starts_with(expected), "{args:?} {done:?}");
    }
    for file in ["/dev/null", "empty"] {
        let done = short(&folder, &["stack.yml", "--env-file", file, "--settings", file]);
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{file} {done:?}");
    }
}

#[test]
fn the_size_of_a_config_and_of_a_secret_is_counted_to_the_byte() {
    let text = "services:\n  web:\n    image: nginx:1.27\n    configs: [a]\n    secrets: [a]\n\
                configs: {a: {file: config}}\nsecrets: {a: {file: secret}}\n";
    let it = folder(&[("stack.yml", text)]);
    let cases: &[(u64, u64, &[&str])] = &[
        (511_999, 511_999, &[]),
        (1_023_999, 511_999, &["warning config-too-large"]),
        (1_024_000, 511_999, &["error config-too-large"]),
        (511_999, 512_000, &["error secret-too-large"]),
        (1_024_001, 512_001, &["error config-too-large", "error secret-too-large"]),
        (0, 1, &["error config-empty"]),
        (1, 0, &["error secret-empty"]),
    ];
    for (config, secret, expected) in cases {
        for (name, size) in [("config", config), ("secret", secret)] {
            File::create(it.path().join(name)).unwrap().set_len(*size).unwrap();
        }
        let done = short(it.path(), &["stack.yml"]);
        let finding = |line: &str| {
            let severity = line.split(": ").nth(1).unwrap();
            let rule = line.rsplit_once('[').unwrap().1.trim_end_matches(']');
            format!("{severity} {rule}")
        };
        let findings: Vec<_> = done.out.lines().map(finding).collect();
        assert_eq!(findings, *expected, "{config} {secret}");
        let fails = expected.iter().any(|it| it.starts_with("error"));
        assert_eq!(done.code, i32::from(fails), "{config} {secret}");
    }
}

#[test]
fn depth_has_a_limit_and_a_message() {
    let flow = |levels: usize| format!("a: {}{}\n", "[".repeat(levels - 1), "]".repeat(levels - 1));
    let block = |levels: usize| format!("{}x\n", "- ".repeat(levels));
    let maps = |levels: usize| -> String {
        (0..levels).map(|level| format!("{}a:\n", " ".repeat(level))).collect()
    };
    let it = folder(&[]);
    for (text, expected) in [
        (flow(9_000), "nested more than 512 levels deep"),
        (flow(10_000), "nested more than 512 levels deep"),
        (flow(10_002), "exceeded max depth of 10000"),
        (block(10_000), "nested more than 512 levels deep"),
        (block(10_001), "exceeded max depth of 10000"),
        (maps(600), "nested more than 512 levels deep"),
        (maps(1_000), "nested more than 512 levels deep"),
    ] {
        fs::write(it.path().join("stack.yml"), &text).unwrap();
        let done = short(it.path(), &["stack.yml"]);
        assert_eq!((done.code, done.out.lines().count()), (1, 1), "{expected} {}", done.out);
        assert!(done.out.contains(expected), "{:.20} {}", text, done.out);
        assert!(done.peak < 512, "{} MiB", done.peak);
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let list = |name: char, of: &str| format!("{name}: &{name} [{}]\n", [of; 9].join(", "));
    let mut laughs = list('a', "lol");
    let mut maps = "a: &a {k0: v}\n".to_owned();
    for (before, name) in ('a'..'l').zip('b'..='l') {
        laughs += &list(name, &format!("*{before}"));
        maps += &format!("{name}: &{name} {{k1: *{before}, k2: *{before}, k3: *{before}}}\n");
    }
    let mut merges = "m0: &m0 {k0: v}\n".to_owned();
    let mut chain = merges.clone();
    for at in 1..1_000 {
        let before = at - 1;
        if at < 60 {
            merges += &format!("m{at}: &m{at}\n  <<: [*m{before}, *m{before}]\n  k{at}: v\n");
        }
        chain += &format!("m{at}: &m{at}\n  <<: *m{before}\n  k{at}: v\n");
    }
    let itself = "a: &a [*a, *a]\n".to_owned();
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 3_000].join(", "));
    let it = folder(&[]);
    for (text, expected) in [
        (laughs, "document contains excessive aliasing"),
        (maps, "document contains excessive aliasing"),
        (merges, "document contains excessive aliasing"),
        (chain, "document contains excessive aliasing"),
        (itself, "an anchor's value holds an alias of itself"),
        (text, "aliases repeat more than 16 MiB of text"),
    ] {
        fs::write(it.path().join("stack.yml"), format!("{text}{GOOD}")).unwrap();
        let done = short(it.path(), &["stack.yml"]);
        let found = done.code == 1 && done.out.contains(expected);
        assert!(found, "{text:.60} {done:?}");
        assert!(done.peak < 512, "{} MiB", done.peak);
    }
}

#[test]
fn a_long_line_is_cut() {
    let (longest, long) = ("x".repeat(1 << 18), "x".repeat(1 << 13));
    for services in [
        r#"web: {image: nginx:1.27, imaeg: "LONGEST", privileged: true}"#,
        r#"web: {image: "LONG"}"#,
        r#""LONG": {image: x}"#,
        r#""LONG": {imaeg: nginx:1.27}"#,
        r#"web: {"LONG": 1, image: nginx:1.27}"#,
        r#"web: {image: nginx:1.27, ports: ["LONGEST"]}"#,
        r#"web: {image: nginx:1.27, volumes: ["LONG:/a"]}"#,
        r#"web: {image: nginx:1.27, volumes: [":LONG"]}"#,
        r"web: {image: nginx:1.27, k: 1 # LONG
}",
        r"web: {image: nginx:1.27, deploy: {mode: LONG}}",
        r"web: {image: nginx:1.27, deploy: {update_config: {delay: LONG}}}",
        r"web: {image: nginx:1.27, deploy: {resources: {limits: {cpus: LONG, memory: LONG}}}}",
        r"web: {image: nginx:1.27, deploy: {placement: {constraints: [LONG, node.LONG == x, node.role == LONG]}}}",
        r"web: {image: nginx:1.27, networks: [LONG]}",
        r"web: {image: nginx:1.27, secrets: [LONG]}",
        r"web: {image: nginx:1.27, env_file: LONG}",
        r#"web: {image: nginx:1.27, env_file: "a/b/LONG"}"#,
        r#"web: {image: nginx:1.27, hostname: "${LONG"}"#,
        r#"web: {image: nginx:1.27, hostname: "${LONG:?LONG}"}"#,
        r#"web: {image: nginx:1.27, hostname: "${LONG}"}"#,
        r#"web: {image: nginx:1.27, hostname: "{{.LONG}}"}"#,
        r#"web: {image: nginx:1.27, command: "'LONG"}"#,
        r"web: {image: nginx:1.27, LONG: 1, LONG: 2}",
        r"web: {image: nginx:1.27, tty: LONG}",
        r"web: {image: nginx:1.27, environment: {A: [LONG]}}",
        r"web: {image: nginx:1.27, healthcheck: {test: [LONG]}}",
        r"web: {image: nginx:1.27, credential_spec: {config: LONG}}",
        r"web: {image: nginx:1.27, build: {LONG: 1}}",
        r"web: &LONG {image: nginx:1.27, x: *LONG}",
        r"web: {image: nginx:1.27, x: *LONG}",
        r"web: {image: nginx:1.27, x: !LONG y}",
        r"web: {image: nginx:1.27} LONG",
        r#"web: {image: nginx:1.27, x: "\LONG"}"#,
    ] {
        let text = format!(
            "services: {{{}}}\n",
            services.replace("LONGEST", &longest).replace("LONG", &long)
        );
        let findings = Case::of(&text).check();
        let words: &[_] = &findings.analysis.diagnostics;
        for format in [Format::Human, Format::Short] {
            let out = report(&findings.sources, words, format);
            assert!(words.is_empty() || !out.is_empty(), "{services}");
            assert!(out.len() < 8_000, "{services}: {} {out:.2000}", out.len());
            let longest = out.lines().map(|it| it.chars().count()).max().unwrap_or_default();
            assert!(longest < 700, "{services}: {longest} columns");
        }
    }
}

#[test]
fn no_text_gives_a_terminal_orders() {
    let bad = r"\e[31m\u202e\u009b2J\x07\r\n\u2066";
    let escaped = format!(
        "services:\n  \"w{bad}\":\n    image: \"x{bad}\"\n    \"k{bad}\": 1\n    command: \"'{bad}\"\n    \
         environment:\n      \"E{bad}\": \"{{{{{bad}}}}}\"\n      DB_PASSWORD: \"{bad}{bad}\"\n    \
         deploy: {{mode: \"{bad}\", placement: {{constraints: [\"{bad}\"]}}}}\n    \
         ports: [\"{bad}\"]\n    volumes: [\"{bad}\", \"a:{bad}:{bad}\"]\n    \
         networks: [\"n{bad}\"]\n    secrets: [\"{bad}\"]\n    configs: [{{source: \"{bad}\"}}]\n    \
         env_file: [\"{bad}\"]\n    healthcheck: {{interval: \"{bad}\"}}\n    \
         extra_hosts: [\"{bad}\"]\n    labels: [\"{bad}\"]\n    hostname: \"${{{bad}}}\"\n\
         \"{bad}\": 2\nvolumes: {{\"v{bad}\": {{driver: \"{bad}\"}}}}\nversion: \"{bad}\"\n"
    );
    let raw = "\u{202e}\u{2066}";
    let written = format!(
        "services:\n  w{raw}: # {raw} comment\n    image: x{raw} # swarm-plan: ignore[{raw}]\n    \
         k{raw}: {raw}\n    deploy: {{mode: {raw}}}\n    hostname: ${{{raw}\n"
    );
    let broken = "services:\n  web: # \u{1b}[31m\n    image: \u{1b}[31m\n".to_owned();
    let colons = format!("services:\n  web: {raw}: a: {raw}\n");
    let anchors = format!("a: *{raw}x\nb: &{raw} 1\n");
    let it = folder(&[]);
    for text in [escaped, written, broken, colons, anchors] {
        fs::write(it.path().join("stack.yml"), &text).unwrap();
        let done = check(it.path(), &["stack.yml"]);
        assert_eq!(done.code, 1, "{text} {done:?}");
        fs::write(it.path().join("other.yml"), GOOD).unwrap();
        check(it.path(), &["-c", "other.yml", "-c", "stack.yml"]);
    }
}

#[test]
fn no_name_of_a_file_gives_a_terminal_orders() {
    let name = "n\u{1b}[31m\u{202e}\nswarm-plan: x.yml";
    let it = folder(&[(name, BAD)]);
    let done = check(it.path(), &[name]);
    let shown = r"n\u{1b}[31m\u{202e}\u{a}swarm-plan: x.yml";
    assert!(done.out.starts_with(&format!("{shown}:3:5: error: ")), "{}", done.out);
    let done = check(it.path(), &[&format!("absent{name}")]);
    assert!(
        done.err.starts_with(&format!("swarm-plan: cannot read absent{shown}: No")),
        "{done:?}"
    );
    fs::write(it.path().join("s\u{1b}.toml"), "fial-on = \"\\u001b\"\n").unwrap();
    let done = check(it.path(), &[name, "--settings", "s\u{1b}.toml"]);
    assert!(done.code == 2 && done.err.contains(r"s\u{1b}.toml:1:1"), "{done:?}");
    fs::write(it.path().join("e\u{1b}\n.env"), "x\n").unwrap();
    let done = check(it.path(), &[name, "--env-file", "e\u{1b}\n.env"]);
    assert!(done.err.starts_with(r"swarm-plan: e\u{1b}\u{a}.env:1: expected"), "{done:?}");
    for (folder, text) in [("a\u{1b}b", "x: 1\n"), ("c\nd", GOOD)] {
        fs::create_dir(it.path().join(folder)).unwrap();
        fs::write(it.path().join(folder).join("stack.yml"), text).unwrap();
    }
    let done = check(it.path(), &["-v"]);
    assert!(done.err.contains(r"skipped a\u{1b}b/stack.yml: no `services`"), "{done:?}");
}

#[test]
fn a_large_text_is_answered() {
    let it = folder(&[]);
    let path = it.path().join("stack.yml");
    let value = "x".repeat(5 << 20);
    for text in [format!("{GOOD}    hostname: \"{value}\"\n"), format!("{GOOD}# {value}\n")] {
        fs::write(&path, &text).unwrap();
        let done = short(it.path(), &["stack.yml"]);
        assert!(done.code < 2 && done.err.is_empty(), "{text:.80} {:.200}", done.err);
        assert!(done.out.len() < 4_000, "{text:.80} {}", done.out.len());
        assert!(done.peak < 256, "{text:.80}: {} MiB", done.peak);
    }
    // Nobody's stack file is as large as this one, of which nothing is read.
    File::create(&path).unwrap().set_len((64 << 20) + 1).unwrap();
    let done = short(it.path(), &["stack.yml"]);
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert!(done.err.starts_with("swarm-plan: cannot read stack.yml: "), "{}", done.err);
    assert!(done.peak < 64, "{} MiB", done.peak);
}

#[test]
fn long_lists_of_names_take_no_longer_than_their_length() {
    let names = |pattern: &str| -> String {
        (0..2_000).map(|at| pattern.replace('#', &at.to_string())).collect()
    };
    let env = names("NAME#=1\n");
    let it = folder(&[("names.env", &env)]);
    for text in [
        format!("{GOOD}    env_file: names.env\n"),
        format!("{GOOD}    environment:\n{}", names("      - NAME#=1\n")),
        format!("{GOOD}    volumes:\n{}", names("      - v#:/d#\n"))
            + "volumes:\n"
            + &names("  v#:\n"),
        format!("{GOOD}    secrets:\n{}", names("      - s#\n"))
            + "secrets:\n"
            + &names("  s#: {external: true}\n"),
        format!("{GOOD}    networks:\n{}", names("      - n#\n"))
            + "networks:\n"
            + &names("  n#:\n"),
        format!("{GOOD}    volumes:\n{}", names("      - u#:/d#\n"))
            + "volumes:\n"
            + &names("  v#:\n"),
    ] {
        fs::write(it.path().join("stack.yml"), &text).unwrap();
        let done = finish(command(it.path(), &["check", "--format", "short", "stack.yml"]));
        assert!(done.code < 2 && done.err.is_empty(), "{text:.80} {}", done.err);
        assert!(done.peak < 512, "{text:.80}: {} MiB", done.peak);
    }
}

#[test]
fn of_countless_mistakes_the_first_are_told_and_the_others_counted() {
    let keys: String = (0..3_000).map(|at| format!("    key{at}: 1\n")).collect();
    let findings = Case::of(&format!("{GOOD}{keys}")).check().analysis.diagnostics;
    assert_eq!(findings.len(), MOST + 1);
    let told = |at: usize| findings[at].message.contains(&format!("`key{at}`"));
    assert!((0..MOST).all(told), "{:?}", findings[MOST - 1]);
    let last = &findings[MOST];
    assert_eq!(last.message, "2000 more findings of this rule are not listed, the first is here");
    assert_eq!(findings.iter().filter(|it| it.severity == Severity::Error).count(), MOST + 1);
}

#[test]
fn what_is_not_told_still_counts() {
    let keys = |reason: &str| -> String {
        let comment = "# swarm-plan: ignore[unknown-key]";
        (0..1_500).map(|at| format!("    key{at}: 1 {comment} {reason}\n")).collect()
    };
    let silent = format!("{GOOD}{}", keys("all of them"));
    let it = Case::of(&silent).check();
    assert_eq!(it.analysis.diagnostics.len(), 0, "no comment is called unused");
    assert_eq!(it.analysis.silenced.len(), MOST + 1);

    let loud = format!("{silent}    other: 1\n");
    let it = Case::of(&loud).check();
    let [last] = &it.analysis.diagnostics[..] else { panic!("{:?}", it.rules()) };
    assert_eq!(last.message, "one more finding of this rule is not listed");
    assert_eq!(&loud[last.span.range()], "other");
    let folder = folder(&[("stack.yml", &loud)]);
    assert_eq!(short(folder.path(), &["stack.yml"]).code, 1);
}

#[test]
fn a_shared_file_is_told_once() {
    let text = "services:\n  a: &a\n    image: nginx:1.27\n    env_file: shared.env\n  b: *a\n\
                configs:\n  c: &c {file: shared.env}\n  d: *c\n";
    let it = folder(&[("stack.yml", text), ("shared.env", "DB_PASSWORD=7h3-n1ght-0w1\n")]);
    let done = check(it.path(), &["stack.yml"]);
    for rule in ["[secret-in-env-file]", "[secret-in-config]"] {
        assert_eq!(done.out.matches(rule).count(), 1, "{}", done.out);
    }
}

#[test]
fn a_file_twice_is_merged_with_itself() {
    let text = "services:\n  web:\n    image: nginx:1.27\n    ports: [\"80:80\"]\n    \
                volumes: [\"nfs:/a\"]\n    networks: [n]\nnetworks: {n: {}}\nvolumes:\n  \
                nfs: {driver_opts: {type: nfs, o: addr=10.0.0.9, device: \":/a\"}}\n";
    let it = folder(&[("good.yml", text), ("bad.yml", BAD)]);
    for args in [&["-c", "good.yml", "-c", "good.yml"][..], &["-c", "good.yml", "-c", "./good.yml"]]
    {
        let done = check(it.path(), args);
        assert_eq!((done.code, done.out.as_str()), (0, ""), "{args:?}");
    }
    let done = check(it.path(), &["-c", "bad.yml", "-c", "bad.yml"]);
    assert!(done.code == 1 && done.out.contains("bad.yml:3:5: error: unknown key `imaeg`"));
    let done = check(it.path(), &["good.yml", "good.yml"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""));
}

#[test]
fn closed_streams_are_no_trouble() {
    let it = folder(&[("bad.yml", BAD)]);
    let shell = |line: &str| {
        let mut command = Command::new("sh");
        command.current_dir(it.path()).args(["-c", line, env!("CARGO_BIN_EXE_swarm-plan")]);
        finish(command)
    };
    let closed = shell("exec \"$0\" check - --format short <&-");
    assert_eq!(closed.code, 1, "{closed:?}");
    assert!(closed.out.starts_with("<stdin>:1:1: error: "), "{closed:?}");
    for (line, code) in [
        ("exec \"$0\" check bad.yml >&-", 1),
        ("exec \"$0\" check bad.yml 2>&-", 1),
        ("exec \"$0\" check absent.yml 2>&-", 2),
        ("exec \"$0\" check bad.yml <&- >&- 2>&-", 1),
        ("exec \"$0\" rules >&-", 0),
        ("exec \"$0\" check absent.yml 2>/dev/full", 2),
    ] {
        let done = shell(line);
        assert_eq!((done.code, done.err.as_str()), (code, ""), "{line}");
    }
}

#[test]
fn a_reader_who_leaves_in_the_middle_is_no_error() {
    let long = "x".repeat(300);
    let keys: String = (0..300).map(|at| format!("    {long}{at}: 1\n")).collect();
    let it = folder(&[("stack.yml", &format!("{GOOD}{keys}"))]);
    for format in &formats_of("check") {
        let mut command = command(it.path(), &["check", "stack.yml", "--format", format]);
        let mut err = tempfile::tempfile().unwrap();
        command.stdout(Stdio::piped()).stderr(err.try_clone().unwrap());
        let mut child = command.spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        let mut first = [0; 100];
        out.read_exact(&mut first).unwrap();
        drop(out);
        assert_eq!(wait(&mut child).0, 1, "{format}");
        err.rewind().unwrap();
        assert_eq!(io::read_to_string(err).unwrap(), "", "{format}");
    }
}

#[test]
fn standard_input_that_stops_half_way_is_a_text() {
    let it = folder(&[]);
    for (text, code) in [(GOOD, 0), ("services:\n  web:\n    image: \"ngi", 1), ("", 1)] {
        let mut input = tempfile::tempfile().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        input.rewind().unwrap();
        let mut command = command(it.path(), &["check", "-", "--format", "short"]);
        command.stdin(input);
        let done = finish(command);
        assert_eq!(done.code, code, "{text:?} {done:?}");
        assert!(code == 0 || done.out.starts_with("<stdin>:"), "{done:?}");
    }
}
