//! The matrix of ports and the firewalls' rules. A folder of `fixtures/ports` is a swarm, perhaps with
//! a stack, and what is to be said of it. Rules are held against the firewalls themselves by
//! tests that are ignored where nobody asks for them: they need root, and the firewalls.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{expect_file, read, root};

const FIREWALLS: [&str; 6] =
    ["ufw", "nftables", "firewalld", "docker-user", "terraform-aws", "terraform-hetzner"];

const CLIENTS: [&str; 2] = ["--clients", "203.0.113.7/24,fd00::1/8"];

fn swarms() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(root().join("fixtures/ports"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    names
}

fn run_in(folder: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swarm-plan"));
    command.current_dir(folder).args(["ports", "-n", "nodes.yml"]).env_clear().stdin(Stdio::null());
    if folder.join("stack.yml").exists() {
        command.args(["-c", "stack.yml", "-s", "shop"]);
    }
    command.args(options).output().unwrap()
}

fn run(swarm: &str, options: &[&str]) -> Output {
    run_in(&root().join("fixtures/ports").join(swarm), options)
}

fn text(output: &Output) -> &str {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    std::str::from_utf8(&output.stdout).unwrap()
}

fn rules(swarm: &str, firewall: &str, options: &[&str]) -> String {
    let options: Vec<_> = ["--as", firewall].iter().chain(options).copied().collect();
    let output = run(swarm, &options);
    assert_eq!(output.status.code(), Some(0));
    text(&output).to_owned()
}

fn json(swarm: &str) -> Value {
    serde_json::from_str(text(&run(swarm, &["--format", "json"]))).unwrap()
}

/// The need with this protocol and port.
fn need<'v>(matrix: &'v Value, protocol: &str, port: u64) -> &'v Value {
    let mut needs = matrix["needs"].as_array().unwrap().iter();
    let found = needs.find(|it| it["protocol"] == protocol && it["first"] == port);
    found.unwrap_or_else(|| panic!("no {port}/{protocol}: {matrix:#}"))
}

#[test]
fn every_swarm_is_told_as_before() {
    for swarm in swarms() {
        let path = |name: &str| format!("fixtures/ports/{swarm}/{name}");
        expect_file(&path("ports.txt"), text(&run(&swarm, &[])));
        expect_file(&path("ports.md"), text(&run(&swarm, &["--format", "markdown"])));
        let json = run(&swarm, &["--format", "json"]);
        let json = text(&json).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        expect_file(&path("ports.json"), &json);
    }
    for swarm in ["shop", "ipv6"] {
        for firewall in FIREWALLS {
            let path = format!("fixtures/ports/{swarm}/rules.{firewall}");
            expect_file(&path, &rules(swarm, firewall, &CLIENTS));
        }
    }
}

#[test]
fn a_matrix_fits_eighty_columns() {
    for swarm in swarms() {
        for line in text(&run(&swarm, &[])).lines() {
            assert!(line.chars().count() <= 80, "{swarm}: {line}");
        }
    }
}

#[test]
fn matrices_follow_their_published_schema() {
    let schema = read(&root().join("schemas/ports.schema.json"));
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for swarm in swarms() {
        let matrix = json(&swarm);
        let errors: Vec<_> = validator.iter_errors(&matrix).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{swarm}: {errors:#?}");
        let described = |of: &Value, those: &Value| {
            for key in of.as_object().unwrap().keys() {
                assert!(!those["properties"][key].is_null(), "the schema does not know {key}");
            }
        };
        described(&matrix, &schema);
        described(&matrix["needs"][0], &schema["properties"]["needs"]["items"]);
    }
    assert!(!validator.is_valid(&serde_json::json!({"schema": "swarm-plan/ports/1"})));
}

#[test]
fn each_port_is_needed_by_whom_and_where() {
    let matrix = json("shop");
    let to = |protocol: &str, port: u64| need(&matrix, protocol, port)["to"].clone();
    let every = serde_json::json!(["m1", "m2", "m3", "w1", "w2"]);
    assert_eq!(to("tcp", 2377), serde_json::json!(["m1", "m2", "m3"]));
    assert_eq!(need(&matrix, "tcp", 2377)["from"], "nodes");
    for (protocol, port) in [("tcp", 7946), ("udp", 7946), ("udp", 4789)] {
        assert_eq!(to(protocol, port), every);
    }
    // The routing mesh is on drained nodes, too; a port in host mode only where a task runs.
    assert_eq!(to("tcp", 8080), every);
    assert_eq!(to("sctp", 3868), every);
    assert_eq!(to("udp", 53), serde_json::json!(["w1"]));
    assert_eq!(need(&matrix, "udp", 53)["purpose"], "host");
    let mut needs = matrix["needs"].as_array().unwrap().iter();
    let esp = needs.find(|it| it["protocol"] == "esp").unwrap();
    assert_eq!(esp["networks"], serde_json::json!(["shop_back"]));
    assert_eq!(matrix["unforeseen"], serde_json::json!(["shop_probe"]));
    // Without an encrypted network nobody needs ESP.
    let matrix = json("swarm");
    assert_eq!(matrix["needs"].as_array().unwrap().len(), 4);
    assert_eq!(json("ipv6")["needs"][3]["first"], 7789);
}

#[test]
fn a_closed_port_between_nodes_fails_the_run() {
    let output = run("closed", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let matrix: Value = serde_json::from_str(text(&output)).unwrap();
    let closed = &need(&matrix, "udp", 4789)["closed"];
    assert_eq!(
        *closed,
        serde_json::json!([{"node": "m1", "from": ["w1", "w2"]}, {"node": "w1", "from": ["w2"]}])
    );
    // m1 lets anyone in there, and w2 says nothing of a firewall; w1 lets nobody in but m1.
    assert_eq!(need(&matrix, "tcp", 80)["closed"], serde_json::json!([]));
    assert_eq!(run("shop", &[]).status.code(), Some(0));
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("nodes.yml"),
        "nodes: {a: {role: manager}, b: {address: 10.0.0.1}}\n",
    )
    .unwrap();
    let error = |options: &[&str]| {
        let output = run_in(folder.path(), options);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for firewall in FIREWALLS {
        let (code, text) = error(&["--as", firewall]);
        let is_named = text.contains("give an IP `address` to a\n");
        let needs = !["docker-user", "terraform-aws"].contains(&firewall);
        assert_eq!((code == Some(2), is_named), (needs, needs), "{firewall}: {text}");
    }
    let (code, text) = error(&["--as", "docker-user", "--clients", "10.0.0.0/8;reboot"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("`10.0.0.0/8;reboot` is no address"), "{text}");
}

#[test]
fn names_give_firewalls_no_orders() {
    let folder = tempfile::tempdir().unwrap();
    let nodes = "nodes:\n  \"a'; touch owned; '$(touch owned)`touch owned`\\n touch owned\": \
                 {role: manager, address: 10.0.0.1}\n  '${file(\"x\")}\"': {address: 10.0.0.2}\n";
    fs::write(folder.path().join("nodes.yml"), nodes).unwrap();
    fs::write(
        folder.path().join("stack.yml"),
        "services: {dns: {image: x, ports: [{target: 53, published: 53, mode: host}]}}\n",
    )
    .unwrap();
    for firewall in FIREWALLS {
        let output = run_in(folder.path(), &["--as", firewall]);
        let rules = text(&output);
        assert!(!rules.contains("\n touch"), "{firewall}: {rules}");
        if rules.starts_with("#!/bin/sh") {
            let tools = Tools::new(&["hostname", "ufw", "firewall-cmd", "iptables-restore"]);
            tools.run(rules, "nobody");
            assert!(!tools.folder.path().join("owned").exists(), "{firewall}");
        }
    }
}

/// Programs that stand before the real ones in the path.
struct Tools {
    folder: TempDir,
}

impl Tools {
    /// Programs that do nothing.
    fn new(names: &[&str]) -> Self {
        let it = Self { folder: tempfile::tempdir().unwrap() };
        for name in names {
            it.add(name, "exit 0");
        }
        it
    }

    fn add(&self, name: &str, body: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs a script as on a node of this host name.
    fn run(&self, script: &str, host: &str) -> Output {
        self.add("hostname", &format!("echo {host}"));
        let path = self.folder.path().join("script");
        fs::write(&path, script).unwrap();
        let own = self.folder.path().display();
        Command::new("sh")
            .arg(&path)
            .current_dir(self.folder.path())
            .env("PATH", format!("{own}:/usr/sbin:/usr/bin:/sbin:/bin"))
            .output()
            .unwrap()
    }
}

/// The path of a program that must be there.
fn installed(name: &str) -> PathBuf {
    let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"];
    let found = folders.iter().map(|it| Path::new(it).join(name)).find(|it| it.exists());
    found.unwrap_or_else(|| panic!("{name} is not installed"))
}

fn succeeded(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{out}\n{}", String::from_utf8_lossy(&output.stderr));
    out
}

#[test]
#[ignore = "needs root and the firewall; the gate runs it"]
fn the_firewall_nftables_takes_its_rules() {
    let nft = installed("nft");
    for (swarm, options) in
        [("shop", &CLIENTS[..]), ("ipv6", &CLIENTS[..]), ("shop", &[]), ("swarm", &[])]
    {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), rules(swarm, "nftables", options)).unwrap();
        // In a network of its own: checked, taken, taken again, and read back.
        let script = "set -e; \"$0\" -c -f \"$1\"; \"$0\" -f \"$1\"; \"$0\" -f \"$1\"; \
                      \"$0\" list table inet swarm_plan";
        let mut command = Command::new("unshare");
        command.args(["--net", "sh", "-c", script]).arg(&nft).arg(file.path());
        let table = succeeded(&command.output().unwrap());
        assert_eq!(table.matches("tcp dport 2377").count(), 3, "{table}");
        assert_eq!(table.contains("chain forward"), !options.is_empty(), "{table}");
        assert!(table.contains("udp dport 7946 counter packets 0 bytes 0 drop"), "{table}");
    }
}

#[test]
#[ignore = "needs root and the firewall; the gate runs it"]
fn the_firewall_ufw_takes_its_rules() {
    let ufw = installed("ufw");
    for (swarm, host, esp) in [("shop", "m1", true), ("ipv6", "w2", true), ("swarm", "w1", false)] {
        let tools = Tools::new(&[]);
        tools.add("ufw", &format!("exec unshare --net {} --dry-run \"$@\"", ufw.display()));
        let out = succeeded(&tools.run(&rules(swarm, "ufw", &[]), host));
        let port = if swarm == "ipv6" { 7789 } else { 4789 };
        for from in json(swarm)["nodes"].as_array().unwrap() {
            let from = from["address"].as_str().unwrap();
            let any = if from.contains(':') { "::/0" } else { "0.0.0.0/0" };
            let rule = |what: &str| format!("### tuple ### allow {what} {any} any {from} in");
            assert!(out.contains(&rule(&format!("udp {port}"))), "{from}: {out}");
            assert_eq!(out.contains(&rule("esp any")), esp, "{from}: {out}");
            assert_eq!(out.contains(&rule("tcp 2377")), host == "m1", "{from}: {out}");
        }
        // No other machine gets rules.
        let other = tools.run(&rules(swarm, "ufw", &[]), "elsewhere");
        assert!(!other.status.success() && other.stdout.is_empty());
    }
}

#[test]
#[ignore = "needs root and the firewall; the gate runs it"]
fn the_firewall_firewalld_takes_its_rules() {
    let offline = installed("firewall-offline-cmd");
    for (swarm, host, count) in [("shop", "m1", 5), ("ipv6", "m1", 10), ("swarm", "w1", 3)] {
        let tools = Tools::new(&[]);
        let config = tools.folder.path().join("config");
        let offline = format!("{} --system-config={}", offline.display(), config.display());
        tools.add(
            "firewall-cmd",
            &format!(
                "[ \"$1\" != --reload ] || exec {offline} --check-config\nshift\nexec {offline} \"$@\""
            ),
        );
        for folder in ["ipsets", "zones", "services", "policies", "icmptypes", "helpers"] {
            fs::create_dir_all(config.join(folder)).unwrap();
        }
        fs::copy("/etc/firewalld/firewalld.conf", config.join("firewalld.conf")).unwrap();
        let script = rules(swarm, "firewalld", &[]);
        succeeded(&tools.run(&script, host));
        if swarm == "ipv6" {
            // Again, as after a change of the inventory.
            succeeded(&tools.run(&script, host));
        }
        let listed = tools.run("firewall-cmd --permanent --list-rich-rules", host);
        let listed = succeeded(&listed);
        assert_eq!(listed.lines().count(), count, "{listed}");
    }
}

#[test]
#[ignore = "needs root and the firewall; the gate runs it"]
fn the_chain_docker_user_takes_its_rules() {
    installed("iptables-restore");
    for swarm in ["shop", "ipv6"] {
        let tools = Tools::new(&[]);
        let script = rules(swarm, "docker-user", &CLIENTS);
        fs::write(tools.folder.path().join("rules"), script).unwrap();
        // Twice, and read back.
        let script = "exec unshare --net sh -ec 'sh rules; sh rules; iptables -S DOCKER-USER; \
                      ip6tables -S DOCKER-USER'";
        let out = succeeded(&tools.run(script, "m1"));
        let outer = json(swarm)["needs"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["from"] == "clients")
            .count();
        assert_eq!(out.matches("-j DROP").count(), outer * 2, "{out}");
        assert_eq!(out.matches("-j RETURN").count(), outer * 2 + 2, "{out}");
        assert_eq!(out.matches("-s 203.0.113.0/24").count(), outer, "{out}");
        assert_eq!(out.matches("-s fd00::/8").count(), outer, "{out}");
        let open = rules(swarm, "docker-user", &[]);
        assert!(!open.contains("-j DROP"), "{open}");
    }
}

#[test]
#[ignore = "needs terraform; the gate runs it"]
fn terraform_reads_its_rules_as_they_are_laid_out() {
    let terraform = installed("terraform");
    for swarm in ["shop", "ipv6", "swarm"] {
        for firewall in ["terraform-aws", "terraform-hetzner"] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("main.tf"), rules(swarm, firewall, &[])).unwrap();
            let mut command = Command::new(&terraform);
            command.args(["fmt", "-check", "-diff", "-no-color"]).current_dir(folder.path());
            succeeded(&command.output().unwrap());
        }
    }
}
