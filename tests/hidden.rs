//! No output holds the value of a secret, whatever else is wrong with the file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use swarm_plan::diagnostic::Diagnostic;
use swarm_plan::hidden::hidden;
use swarm_plan::output::{Checked, Format, Report};
use swarm_plan::rules;
use swarm_plan::stack::model::Environment;
use termcolor::NoColor;

use crate::support::{Case, Findings, formats_of, read, root};

/// Nothing else in a stack or in our words looks like this.
const VALUE: &str = "Zq7-wV93kTmX-41pR";

/// Everything that the program says about a file, in all formats.
fn said(path: &Path, args: &[&str]) -> String {
    let mut said = String::new();
    for format in &formats_of("check") {
        let mut command = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
        command.current_dir(path.parent().unwrap()).env_clear();
        command.arg("check").arg(path).args(["--format", format]).args(args);
        let output = command.output().unwrap();
        assert!(output.status.code().is_some_and(|it| it < 2), "{output:?}");
        said += &without_pages(std::str::from_utf8(&output.stdout).unwrap());
        said += std::str::from_utf8(&output.stderr).unwrap();
    }
    said
}

/// All formats of some findings.
fn formats(findings: &Findings) -> String {
    let (sources, analysis) = (&findings.sources, &findings.analysis);
    let hidden = &hidden(sources, &analysis.stack, &Environment::new());
    let mut out = NoColor::new(Vec::new());
    for format in Format::ALL {
        let silenced = &analysis.silenced;
        let stack = Checked::new(sources, &analysis.diagnostics);
        let stacks = [Checked { silenced, hidden, ..stack }];
        format.write(Report::of(&stacks), &mut out).unwrap();
    }
    without_pages(&String::from_utf8(out.into_inner()).unwrap())
}

/// What was said without the pages of rules, whose examples the fixtures share.
fn without_pages(said: &str) -> String {
    let mut said = said.to_owned();
    for entry in rules::ALL {
        let page = serde_json::to_string(&entry.documentation()).unwrap();
        if said.contains(&page) {
            said = said.replace(&page, "\"\"");
        }
    }
    said
}

/// The values that the rules of a fixture point at, if they stand nowhere else.
fn values(path: &Path) -> BTreeSet<String> {
    let findings = Case::fixture(path).check();
    let secret = |it: &&Diagnostic| it.rule.starts_with("secret-in-");
    let text = |it: &Diagnostic| {
        let text = &findings.sources.get(it.span.source).text[it.span.range()];
        text.trim_matches(['"', '\'']).to_owned()
    };
    findings.analysis.diagnostics.iter().filter(secret).map(text).collect()
}

fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("fixtures/rules")).unwrap();
    let paths = entries.map(|it| it.unwrap().path());
    let mut found: Vec<_> = (paths)
        .filter(|it| it.file_name().unwrap().to_str().unwrap().starts_with("secret_in_"))
        .collect();
    found.sort();
    found
}

#[test]
fn no_fixture_gives_its_secrets_away() {
    let mut count = 0;
    for path in fixtures() {
        let values = values(&path);
        assert!(!values.is_empty(), "{} has no secret", path.display());
        let stack = if path.is_dir() { path.join("stack.yml") } else { path };
        let said = said(&stack, &[]);
        for value in &values {
            assert!(!said.contains(value.as_str()), "{}: {value}\n{said}", stack.display());
        }
        count += values.len();
    }
    assert!(count > 8, "{count} values");
}

/// Each line with a secret is broken in each of these ways.
const BREAKS: &[fn(&str) -> String] = &[
    |line| line.replacen(": ", ":", 1),
    |line| line.replacen(": ", ": \"", 1),
    |line| line.replacen(": ", ": [", 1),
    |line| line.replacen(": ", ": {", 1),
    |line| line.replacen(": ", ": @", 1),
    |line| line.replacen(": ", ": *", 1),
    |line| line.replacen(": ", ": !!int ", 1),
    |line| line.replacen(": ", ": x: ", 1),
    |line| line.replacen(": ", ":\t", 1),
    |line| line.replacen("- ", "-", 1),
    |line| line.replacen('"', "", 1),
    |line| format!("\t{line}"),
    |line| format!(" {line}"),
    |line| format!("{line} ]"),
    |line| format!("{line}\u{1b}"),
    |line| format!("{line}\n{line}"),
    |line| format!("{line}\n   x"),
    |line| format!("?{line}"),
    |line| line.replacen(": ", ": ${", 1),
    |line| line.replacen(": ", ": $", 1),
    |line| line.replacen(": ", ": {{", 1),
];

#[test]
fn no_broken_line_gives_its_secret_away() {
    let mut shown = String::new();
    let (mut texts, mut leaks) = (0, 0);
    for path in fixtures().into_iter().filter(|it| it.is_file()) {
        let text = read(&path);
        for value in values(&path) {
            let Some(at) = text.lines().position(|it| it.contains(&value)) else { continue };
            for (way, change) in BREAKS.iter().enumerate() {
                let lines = text.lines().enumerate();
                let lines = lines
                    .map(|(line, text)| if line == at { change(text) } else { text.to_owned() });
                let broken = lines.collect::<Vec<_>>().join("\n");
                texts += 1;
                let findings = Case::of(&broken).check();
                let said = formats(&findings);
                if said.contains(&value) {
                    leaks += 1;
                    shown += &format!("{} {} way {way}: {value}\n", path.display(), at + 1);
                }
            }
        }
    }
    assert!(texts > 100, "{texts}");
    assert_eq!(leaks, 0, "{leaks} of {texts}\n{shown}");
}

/// Where a secret may stand, rightly or wrongly, in a stack.
const PLACES: &[&str] = &[
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: VALUE}}}",
    "services: {web: {image: nginx:1, environment: [DB_PASSWORD=VALUE]}}",
    "services: {web: {image: nginx:1, environment: [\"DB_PASSWORD=VALUE\", \"DB_PASSWORD=VALUE\"]}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: [VALUE]}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: 'VALUE', DB_PASSWORD: 'VALUE'}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: \"VALUE{{.Nope}}\"}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: \"VALUE${\"}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: \"${X:-VALUE}\"}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: \"${X:?VALUE}\"}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: !!int VALUE}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: !!binary VALUE}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: \"V\\x41VALUE\"}, x: 1}}",
    "services: {web: {image: nginx:1, environment: {URL: \"postgres://a:VALUE@db/x\"}}}",
    "services: {web: {image: nginx:1, environment: {URL: \"postgres://a:VALUE@db/x {{\"}}}",
    "services: {web: {image: \"https://a:VALUE@registry.example.com/x\"}}",
    "services: {web: {image: nginx:1, build: {context: ., args: {NPM_TOKEN: VALUE}}}}",
    "services: {web: {image: nginx:1, build: {context: \"https://a:VALUE@git.example.com/x\"}}}",
    "services: {web: {image: nginx:1, command: \"serve --password VALUE\"}}",
    "services: {web: {image: nginx:1, command: \"serve --password=VALUE '\"}}",
    "services: {web: {image: nginx:1, command: [serve, --password, VALUE]}}",
    "services: {web: {image: nginx:1, entrypoint: [serve, --password=VALUE]}}",
    "services: {web: {image: nginx:1, entrypoint: {x: --password=VALUE}}}",
    "services: {web: {image: nginx:1, healthcheck: {test: \"curl -u a:VALUE http://x\"}}}",
    "services: {web: {image: nginx:1, healthcheck: {test: [NOPE, \"redis-cli -a VALUE ping\"]}}}",
    "services: {web: {image: nginx:1, labels: {db.password: VALUE}}}",
    "services: {web: {image: nginx:1, labels: [\"db.password=VALUE\", \"db.password=VALUE\"]}}",
    "services: {web: {image: nginx:1, deploy: {labels: {db.password: VALUE}, mode: x}}}",
    "services: {web: {image: nginx:1, logging: {driver: x, options: {splunk-token: VALUE}}}}",
    "services: {web: {image: nginx:1, logging: {driver: x, options: {splunk-token: [VALUE]}}}}",
    "services: {web: {image: nginx:1, x-db: {password: VALUE}, y: 1}}",
    "services: {web: {image: nginx:1, password: VALUE}}",
    "services: {web: {image: nginx:1}}\nx-password: VALUE\ny: 1",
    "services: {web: {image: nginx:1}}\nvolumes: {a: {driver_opts: {o: \"user=a,password=VALUE\"}, x: 1}}",
    "services: {web: {image: nginx:1}}\nnetworks: {a: {driver_opts: {password: VALUE}, x: 1}}",
    "services: {web: {image: nginx:1}}\nsecrets: {a: {file: x, password: VALUE}}",
    "services: {web: {image: nginx:1}}\nconfigs: {a: {file: x, labels: {password: VALUE}}}",
    "services: {web: {image: nginx:1, environment: {DB_PASSWORD: VALUE}}} }",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: VALUE: x\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: 'VALUE\n",
    "services:\n  web:\n    environment:\n\t  DB_PASSWORD: VALUE\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD:VALUE\n",
    "services:\n  web:\n    environment:\n      - DB_PASSWORD=VALUE\n      DB_PASSWORD: VALUE\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: |\n        VALUE\n     x\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: >-\n        VALUE\n        {{.Nope}}\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: @VALUE\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: %VALUE\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: *VALUE\n",
    "services:\n  web:\n    environment:\n      DB_PASSWORD: [VALUE\n",
];

/// Token shapes are secrets wherever they stand: where Docker wants something else, too.
const TOKEN_PLACES: &[&str] = &[
    "services: {web: {image: TOKEN}}",
    "services: {web: {image: \"nginx:TOKEN:x\"}}",
    "services: {TOKEN: {image: nginx:1, x: 1}}",
    "services: {web: {image: nginx:1, TOKEN: 1}}",
    "services: {web: {image: nginx:1, ports: [TOKEN]}}",
    "services: {web: {image: nginx:1, ports: [{target: TOKEN}]}}",
    "services: {web: {image: nginx:1, volumes: [\"TOKEN:/x:/y:/z\"]}}",
    "services: {web: {image: nginx:1, volumes: [{type: TOKEN, target: /a}]}}",
    "services: {web: {image: nginx:1, networks: [TOKEN]}}",
    "services: {web: {image: nginx:1, secrets: [TOKEN]}}",
    "services: {web: {image: nginx:1, configs: [{source: TOKEN}]}}",
    "services: {web: {image: nginx:1, env_file: TOKEN}}",
    "services: {web: {image: nginx:1, deploy: {mode: TOKEN}}}",
    "services: {web: {image: nginx:1, deploy: {replicas: TOKEN}}}",
    "services: {web: {image: nginx:1, deploy: {update_config: {delay: TOKEN}}}}",
    "services: {web: {image: nginx:1, deploy: {resources: {limits: {cpus: TOKEN}}}}}",
    "services: {web: {image: nginx:1, deploy: {resources: {limits: {memory: TOKEN}}}}}",
    "services: {web: {image: nginx:1, deploy: {placement: {constraints: [TOKEN]}}}}",
    "services: {web: {image: nginx:1, deploy: {placement: {constraints: [node.role == TOKEN]}}}}",
    "services: {web: {image: nginx:1, hostname: \"{{.TOKEN}}\"}}",
    "services: {web: {image: nginx:1, hostname: \"${X:-TOKEN}{{\"}}",
    "services: {web: {image: nginx:1, hostname: \"${!TOKEN}\"}}",
    "services: {web: {image: nginx:1, extra_hosts: [TOKEN]}}",
    "services: {web: {image: nginx:1, tty: TOKEN}}",
    "services: {web: {image: nginx:1, user: TOKEN, cap_add: [TOKEN, TOKEN]}}",
    "services: {web: {image: nginx:1}}\nsecrets: {a: {file: TOKEN}}",
    "services: {web: {image: nginx:1}}\nconfigs: {a: {external: true, file: TOKEN}}",
    "services: {web: {image: nginx:1}}\nnetworks: {a: {ipam: {config: [{subnet: TOKEN}]}}}",
    "services: {web: {image: nginx:1}}\nnetworks: {a: {external: TOKEN}}",
    "services: {web: {image: nginx:1}}\nvolumes: {a: {driver: TOKEN, x: 1}}",
    "services: {web: {image: nginx:1}}\nversion: TOKEN",
    "services: {web: {image: nginx:1}}\nTOKEN: 1",
    "services: {web: &TOKEN {image: nginx:1, x: *TOKEN}}",
    "services: {web: {image: !TOKEN nginx:1}}",
    "services: TOKEN",
    "TOKEN",
    "- TOKEN",
    "services: {web: {image: nginx:1}} # swarm-plan: ignore[TOKEN]",
    "services: {web: {image: nginx:1, image: TOKEN}}",
    "services: {web: {image: nginx:1, command: \"'TOKEN\"}}",
    "services: {web: {image: nginx:1, credential_spec: {config: TOKEN}}}",
    "services: {web: {image: \"${X:?TOKEN}\"}}",
    "services: {web: {image: \"${X?set it to TOKEN or so}\"}}",
    "services: {web: {image: nginx:1, command: [a, \"${X:?TOKEN}\"]}}",
    "services: {web: {image: nginx:1, networks: [\"${X:-TOKEN}\"]}}",
    "services: {web: {image: nginx:1, ports: [\"${X:-TOKEN}\"]}}",
    "services: {web: {image: nginx:1, deploy: {mode: \"${X-TOKEN}\", replicas: \"${X:-TOKEN}\"}}}",
    "services: {web: {image: nginx:1, hostname: \"${TOKEN}\"}}",
    "services: {web: {image: nginx:1, hostname: \"${X:?TOKEN\"}}",
    "services: {web: {image: nginx:1, \"${X:?TOKEN}\": 1}}",
    "services: {web: {image: nginx:1, environment: {TOKEN: [1]}}}",
    "services: {web: {image: nginx:1, labels: {TOKEN: 1, TOKEN: 2}}}",
    "services: {web: {image: nginx:1, deploy: {\"${X:-TOKEN}\": 1}}}",
    "services: {web: {image: nginx:1, extra_hosts: {TOKEN: {}}}}",
    "services: {web: {image: nginx:1, ? [TOKEN] : 1}}",
    "services: {web: {image: nginx:1}}\nnetworks: {TOKEN: {x: 1}}",
    "services: {web: {image: nginx:1}}\nsecrets: {TOKEN: {file: x}}",
];

#[test]
fn no_place_of_a_stack_gives_a_secret_away() {
    let token = format!("ghp_{}", "9aK2mP4xR7tV1wY3zB5cD8eF0gH6jL2nQ4sU");
    let named = PLACES.iter().map(|it| (it.replace("VALUE", VALUE), VALUE));
    let shaped = TOKEN_PLACES.iter().map(|it| (it.replace("TOKEN", &token), token.as_str()));
    let mut leaks = String::new();
    for (text, secret) in named.chain(shaped) {
        let said = formats(&Case::of(&text).check());
        if said.contains(&secret[4..]) {
            leaks += &format!("\n=== {text}\n{said}");
        }
    }
    assert!(leaks.is_empty(), "{leaks}");
}

#[test]
fn what_docker_says_keeps_the_secrets_of_a_stack() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let text = "services:\n  web:\n    image: nginx:1.27\n    environment: {DB_PASSWORD: VALUE}\n    \
                deploy: {mode: \"MODE\"}\n";
    write("nodes.yml", "nodes: [{name: a, cpus: 1, memory: 1GiB}]\n");
    write("shell.env", &format!("DB_PASSWORD={VALUE}\n"));
    for mode in [VALUE, "${DB_PASSWORD}"] {
        write("stack.yml", &text.replace("VALUE", VALUE).replace("MODE", mode));
        for (command, shows) in
            [("config", false), ("specs", false), ("plan", false), ("specs", true)]
        {
            let mut it = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
            it.current_dir(folder.path()).env_clear();
            it.args([command, "-c", "stack.yml", "-n", "nodes.yml", "--env-file", "shell.env"]);
            let output = it.args(shows.then_some("--show-secrets")).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            if command != "config" {
                assert!(said.contains("Unknown mode: "), "{command} {said}");
            }
            assert_eq!(said.contains(VALUE), shows, "{command} {said}");
        }
    }
}

#[test]
fn files_beside_a_stack_keep_their_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let text = "services:\n  web:\n    image: nginx:${TAG}\n    env_file: [a.env, b.env]\n    \
                command: ${DB_PASSWORD}\n    hostname: \"${DB_PASSWORD:?x}{{\"\n    \
                deploy: {mode: \"${DB_PASSWORD}\", replicas: \"${DB_PASSWORD}\"}\n\
                configs: {a: {file: app.ini}}\nsecrets: {b: {file: secret.txt}}\n";
    write("stack.yml", text);
    write("a.env", &format!("DB_PASSWORD={VALUE}\nAPI_TOKEN={VALUE} {{{{.Nope}}}}\n"));
    write("b.env", &format!("export DB_PASSWORD={VALUE}\n"));
    write("app.ini", &format!("[db]\npassword = {VALUE}\nurl = mysql://a:{VALUE}@db/x\n"));
    write("secret.txt", VALUE);
    write("shell.env", &format!("DB_PASSWORD={VALUE}\nTAG={VALUE}:\n"));
    let stack = folder.path().join("stack.yml");
    for args in [&[][..], &["--env-file", "shell.env"]] {
        let said = said(&stack, args);
        assert!(said.contains("[env-file-format]"), "{said}");
        assert!(!said.contains(VALUE), "{said}");
    }
}

#[test]
fn who_asks_sees_the_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stack.yml");
    let text = "services:\n  web:\n    environment:\n      DB_PASSWORD:VALUE\n";
    fs::write(&path, text.replace("VALUE", VALUE)).unwrap();
    assert!(!said(&path, &[]).contains(VALUE));
    assert!(said(&path, &["--show-secrets"]).contains(VALUE));
}

#[test]
fn only_what_is_hidden_everywhere_is_starred_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stack.yml");
    let text = "services:\n  postgres:\n    imaeg: x\n    environment:\n      \
                POSTGRES_PASSWORD: postgres\n";
    fs::write(&path, text).unwrap();
    let said = said(&path, &[]);
    assert!(said.contains("unknown key `imaeg` in `postgres`"), "{said}");
}
